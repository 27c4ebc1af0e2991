; The setup's own words in the languages of the program's screens; Windows' language decides. UTF-8.
!insertmacro MUI_LANGUAGE English
!insertmacro MUI_LANGUAGE French
!insertmacro MUI_LANGUAGE Spanish

LangString WELCOME ${LANG_ENGLISH} "This puts ${NAME} ${VERSION} on this computer, or brings an older version up to date. It needs no network.$\r$\n$\r$\nPatients' records are not touched. Close ${NAME} before you go on."
LangString WELCOME ${LANG_FRENCH} "Ceci installe ${NAME} ${VERSION} sur cet ordinateur, ou met à jour une version plus ancienne. Aucun réseau n'est nécessaire.$\r$\n$\r$\nLes dossiers des patients ne sont pas touchés. Fermez ${NAME} avant de continuer."
LangString WELCOME ${LANG_SPANISH} "Esto instala ${NAME} ${VERSION} en este equipo, o pone al día una versión anterior. No necesita red.$\r$\n$\r$\nLos registros de los pacientes no se tocan. Cierre ${NAME} antes de seguir."

LangString STILL_OPEN ${LANG_ENGLISH} "${NAME} is still open. Close it, on every desktop of this computer, and start again. Nothing was changed."
LangString STILL_OPEN ${LANG_FRENCH} "${NAME} est encore ouvert. Fermez-le, sur chaque bureau de cet ordinateur, et recommencez. Rien n'a été changé."
LangString STILL_OPEN ${LANG_SPANISH} "${NAME} sigue abierto. Ciérrelo, en cada escritorio de este equipo, y empiece de nuevo. No se cambió nada."

LangString NOT_ADMINISTRATOR ${LANG_ENGLISH} "To install ${NAME} for all users, start this setup as administrator."
LangString NOT_ADMINISTRATOR ${LANG_FRENCH} "Pour installer ${NAME} pour tous les utilisateurs, lancez ce programme en tant qu'administrateur."
LangString NOT_ADMINISTRATOR ${LANG_SPANISH} "Para instalar ${NAME} para todos los usuarios, inicie este programa como administrador."

LangString IS_GONE ${LANG_ENGLISH} "${NAME} is gone. Patients' records stay in $LOCALAPPDATA\${NAME} of each user (or the folder given with --data-dir)."
LangString IS_GONE ${LANG_FRENCH} "${NAME} est enlevé. Les dossiers des patients restent dans $LOCALAPPDATA\${NAME} de chaque utilisateur (ou dans le dossier donné avec --data-dir)."
LangString IS_GONE ${LANG_SPANISH} "${NAME} se quitó. Los registros de los pacientes quedan en $LOCALAPPDATA\${NAME} de cada usuario (o en la carpeta dada con --data-dir)."
