"""Whether the program can be used by everybody: names, targets, order, contrast, colour vision, the reader's tree."""
