; The installer for Windows: for one user or for all, with or without a screen, over an older version, and away again.
; makensis -DVERSION=0.1.0 -DBUNDLE=folder -DOUT=file.exe lumbar-pathway.nsi
;   /S            without a screen        /ALLUSERS  for every user (asks for an administrator)
;   /D=C:\folder  another folder, last on the line, without quotes
Unicode true
!ifndef TARGET
  !define TARGET amd64-unicode
!endif
Target ${TARGET}
!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh

!define NAME "Lumbar Pathway"
!define EXE "lumbar-pathway.exe"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\LumbarPathway"
!define OWN "Software\LumbarPathway"
!define CASE_TYPE "LumbarPathway.Case"
!define PACK_TYPE "LumbarPathway.Pack"

Name "${NAME}"
OutFile "${OUT}"
SetCompressor /SOLID lzma
RequestExecutionLevel user
ShowInstDetails nevershow
ShowUninstDetails nevershow
BrandingText "${NAME} ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey ProductName "${NAME}"
VIAddVersionKey FileDescription "${NAME} installer"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey ProductVersion "${VERSION}"
VIAddVersionKey LegalCopyright "MIT licence"

!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_LICENSE "${BUNDLE}\_internal\LICENSE"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_RUN "$INSTDIR\${EXE}"
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE English

Var AllUsers

!macro ForWhom
  ${If} $AllUsers == 1
    SetShellVarContext all
  ${Else}
    SetShellVarContext current
  ${EndIf}
!macroend

Function .onInit
  StrCpy $AllUsers 0
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/ALLUSERS" $1
  ${IfNot} ${Errors}
    StrCpy $AllUsers 1
    UserInfo::GetAccountType
    Pop $2
    ${If} $2 != "Admin"
      MessageBox MB_OK|MB_ICONSTOP "To install ${NAME} for all users, start this installer as administrator." /SD IDOK
      SetErrorLevel 77
      Quit
    ${EndIf}
  ${EndIf}
  !insertmacro ForWhom
  ${If} $INSTDIR == ""
    ReadRegStr $INSTDIR SHCTX "${OWN}" "Folder"
  ${EndIf}
  ${If} $INSTDIR == ""
    ${If} $AllUsers == 1
      StrCpy $INSTDIR "$PROGRAMFILES64\${NAME}"
    ${Else}
      StrCpy $INSTDIR "$LOCALAPPDATA\Programs\${NAME}"
    ${EndIf}
  ${EndIf}
FunctionEnd

Section "Program"
  !insertmacro ForWhom
  ; A newer program goes over the old one: what the old one brought is taken away first, never a user's data.
  IfFileExists "$INSTDIR\${EXE}" 0 fresh
    ClearErrors
    Delete "$INSTDIR\${EXE}"
    ${If} ${Errors}
      MessageBox MB_OK|MB_ICONSTOP "${NAME} is still open. Close it and start the installer again." /SD IDOK
      SetErrorLevel 75
      Quit
    ${EndIf}
    RMDir /r "$INSTDIR\_internal"
  fresh:
  SetOutPath "$INSTDIR"
  File /r "${BUNDLE}\*.*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortCut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\${EXE}"
  CreateShortCut "$SMPROGRAMS\${NAME} (training).lnk" "$INSTDIR\${EXE}" "--demo"

  WriteRegStr SHCTX "${OWN}" "Folder" "$INSTDIR"
  WriteRegDWORD SHCTX "${OWN}" "AllUsers" $AllUsers
  WriteRegStr SHCTX "${UNINSTALL}" "DisplayName" "${NAME}"
  WriteRegStr SHCTX "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${UNINSTALL}" "DisplayIcon" "$INSTDIR\${EXE}"
  WriteRegStr SHCTX "${UNINSTALL}" "Publisher" "The Lumbar Pathway project"
  WriteRegStr SHCTX "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr SHCTX "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD SHCTX "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD SHCTX "${UNINSTALL}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  IntFmt $0 "0x%08X" $0
  WriteRegDWORD SHCTX "${UNINSTALL}" "EstimatedSize" "$0"

  ; The file types. A double click opens the window, which asks before it uses the file.
  WriteRegStr SHCTX "Software\Classes\.lumbar-case" "" "${CASE_TYPE}"
  WriteRegStr SHCTX "Software\Classes\${CASE_TYPE}" "" "Lumbar Pathway case"
  WriteRegStr SHCTX "Software\Classes\${CASE_TYPE}\DefaultIcon" "" "$INSTDIR\${EXE},0"
  WriteRegStr SHCTX "Software\Classes\${CASE_TYPE}\shell\open\command" "" '"$INSTDIR\${EXE}" --open "%1"'
  WriteRegStr SHCTX "Software\Classes\.lumbar-pack" "" "${PACK_TYPE}"
  WriteRegStr SHCTX "Software\Classes\${PACK_TYPE}" "" "Lumbar Pathway guideline content"
  WriteRegStr SHCTX "Software\Classes\${PACK_TYPE}\DefaultIcon" "" "$INSTDIR\${EXE},0"
  WriteRegStr SHCTX "Software\Classes\${PACK_TYPE}\shell\open\command" "" '"$INSTDIR\${EXE}" --open "%1"'
SectionEnd

Function un.onInit
  StrCpy $AllUsers 0
  ReadRegDWORD $0 HKLM "${OWN}" "AllUsers"
  ReadRegStr $1 HKLM "${OWN}" "Folder"
  ${If} $0 == 1
  ${AndIf} $1 == $INSTDIR
    StrCpy $AllUsers 1
  ${EndIf}
  !insertmacro ForWhom
FunctionEnd

Section "Uninstall"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  Delete "$SMPROGRAMS\${NAME} (training).lnk"
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\${EXE}"
  Delete "$INSTDIR\lumbar-pathway-cli.exe"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  DeleteRegKey SHCTX "Software\Classes\${CASE_TYPE}"
  DeleteRegKey SHCTX "Software\Classes\${PACK_TYPE}"
  DeleteRegKey SHCTX "Software\Classes\.lumbar-case"
  DeleteRegKey SHCTX "Software\Classes\.lumbar-pack"
  DeleteRegKey SHCTX "${UNINSTALL}"
  DeleteRegKey SHCTX "${OWN}"
  MessageBox MB_OK|MB_ICONINFORMATION "${NAME} is gone. Patients' records stay in $LOCALAPPDATA\${NAME} of each user (or the folder given with --data-dir)." /SD IDOK
SectionEnd
