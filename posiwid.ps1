# Builds posiwid on first use and after a change of its sources, then runs it with all arguments, from any folder.
$root = $PSScriptRoot
$program = Join-Path $root 'artifacts/posiwid/posiwid.dll'
if (-not (Get-Command dotnet -ErrorAction SilentlyContinue)) {
  [Console]::Error.WriteLine("posiwid needs the .NET 10 SDK. See https://dotnet.microsoft.com/download")
  exit 1
}
$newest = Get-ChildItem -Recurse -File (Join-Path $root 'src'), (Join-Path $root 'data'), (Join-Path $root 'scenarios'), (Join-Path $root 'claims') | Sort-Object LastWriteTimeUtc | Select-Object -Last 1
if (-not (Test-Path $program) -or $newest.LastWriteTimeUtc -gt (Get-Item $program).LastWriteTimeUtc) {
  [Console]::Error.WriteLine('Building posiwid (about a minute) ...')
  $log = dotnet publish (Join-Path $root 'src/Posiwid.App') -c Release -o (Join-Path $root 'artifacts/posiwid') -nologo -v quiet 2>&1
  if ($LASTEXITCODE -ne 0) { [Console]::Error.WriteLine("The build failed:`n" + ($log | Select-String error | Select-Object -Unique -First 10 | Out-String)); exit 1 }
  (Get-Item $program).LastWriteTimeUtc = [DateTime]::UtcNow
}
& dotnet $program @args
exit $LASTEXITCODE
