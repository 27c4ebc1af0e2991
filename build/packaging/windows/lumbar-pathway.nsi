; The installer for Windows: for one user or for all, with or without a screen, over an older version, and away again.
; makensis -DVERSION=0.1.0 -DBUNDLE=folder -DICONS=folder -DOUT=file.exe lumbar-pathway.nsi
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
!define COMMAND "lumbar-pathway-cli.exe"
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
VIAddVersionKey /LANG=0 ProductName "${NAME}"
VIAddVersionKey /LANG=0 FileDescription "${NAME} installer"
VIAddVersionKey /LANG=0 FileVersion "${VERSION}"
VIAddVersionKey /LANG=0 ProductVersion "${VERSION}"
VIAddVersionKey /LANG=0 LegalCopyright "MIT licence"

!define MUI_ICON "${ICONS}\lumbar-pathway.ico"
!define MUI_UNICON "${ICONS}\lumbar-pathway.ico"
!define MUI_HEADERIMAGE
!define MUI_HEADERIMAGE_RIGHT
!define MUI_HEADERIMAGE_BITMAP "${ICONS}\setup-head.bmp"
!define MUI_HEADERIMAGE_BITMAP_STRETCH AspectFitHeight
!define MUI_WELCOMEFINISHPAGE_BITMAP "${ICONS}\setup-side.bmp"
!define MUI_WELCOMEFINISHPAGE_BITMAP_STRETCH AspectFitHeight
!define MUI_WELCOMEPAGE_TEXT "$(WELCOME)"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_LICENSE "${BUNDLE}\_internal\LICENSE"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_RUN "$INSTDIR\${EXE}"
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!include /CHARSET=UTF8 words.nsh

Var AllUsers

; Before anything is taken away: an open program holds its file, and half of it would be left.
!macro StopWhenOpen FILE
  ${If} ${FileExists} "$INSTDIR\${FILE}"
    ClearErrors
    FileOpen $0 "$INSTDIR\${FILE}" a
    ${If} ${Errors}
      MessageBox MB_OK|MB_ICONSTOP "$(STILL_OPEN)" /SD IDOK
      SetErrorLevel 75
      Quit
    ${EndIf}
    FileClose $0
  ${EndIf}
!macroend

!macro ForWhom
  ${If} $AllUsers == 1
    SetShellVarContext all
  ${Else}
    SetShellVarContext current
  ${EndIf}
!macroend

Function .onInit
  SetRegView 64
  StrCpy $AllUsers 0
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/ALLUSERS" $1
  ${IfNot} ${Errors}
    StrCpy $AllUsers 1
    UserInfo::GetAccountType
    Pop $2
    ${If} $2 != "Admin"
      MessageBox MB_OK|MB_ICONSTOP "$(NOT_ADMINISTRATOR)" /SD IDOK
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
  !insertmacro StopWhenOpen "${EXE}"
  !insertmacro StopWhenOpen "${COMMAND}"
  ${If} ${FileExists} "$INSTDIR\${EXE}"
    Delete "$INSTDIR\${EXE}"
    Delete "$INSTDIR\${COMMAND}"
    RMDir /r "$INSTDIR\_internal"
  ${EndIf}
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
  SetRegView 64
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
  !insertmacro StopWhenOpen "${EXE}"
  !insertmacro StopWhenOpen "${COMMAND}"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  Delete "$SMPROGRAMS\${NAME} (training).lnk"
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\${EXE}"
  Delete "$INSTDIR\${COMMAND}"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  DeleteRegKey SHCTX "Software\Classes\${CASE_TYPE}"
  DeleteRegKey SHCTX "Software\Classes\${PACK_TYPE}"
  DeleteRegKey SHCTX "Software\Classes\.lumbar-case"
  DeleteRegKey SHCTX "Software\Classes\.lumbar-pack"
  DeleteRegKey SHCTX "${UNINSTALL}"
  DeleteRegKey SHCTX "${OWN}"
  MessageBox MB_OK|MB_ICONINFORMATION "$(IS_GONE)" /SD IDOK
SectionEnd
