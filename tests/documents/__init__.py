"""Tests of the paper: what it says, that nothing is lost or cut, that the file is sound."""
