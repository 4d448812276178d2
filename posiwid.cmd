@powershell -NoProfile -ExecutionPolicy Bypass -File "%~dp0posiwid.ps1" %*
