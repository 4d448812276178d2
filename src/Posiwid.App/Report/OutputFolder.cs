using Posiwid.App.Commands;
using Posiwid.Records;

namespace Posiwid.App.Report;

/// <summary>
/// The folder for results. Files are written aside, in a hidden folder within, and take their places together when all are whole:
/// a full disk or an interruption leaves what was there before. Files of an earlier result are replaced; files of those names that are somebody's own are not.
/// </summary>
public sealed class OutputFolder : IDisposable
{
    private readonly string aside;
    private readonly FileStream owner;
    private readonly List<string> made = [];

    /// <summary>Makes the folder, or says in a sentence why it cannot be.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="names">What will be written with <see cref="Commit"/>: first the page. By it, or by a manifest where it is missing, an earlier result is told from somebody's own files.</param>
    /// <exception cref="WrongInputException">The folder cannot be written, or holds a file of one of the names and neither the page nor a manifest of ours.</exception>
    public OutputFolder(string path, params string[] names)
    {
        if (string.IsNullOrWhiteSpace(path))
            throw new WrongInputException("--out wants the name of a folder.");
        for (var folder = System.IO.Path.GetFullPath(path); folder is not null; folder = System.IO.Path.GetDirectoryName(folder))
        {
            if (File.Exists(folder))
                throw new WrongInputException($"Cannot write {path}: {(folder == System.IO.Path.GetFullPath(path) ? "it" : folder)} is a file, not a folder.");
        }

        if (names.FirstOrDefault(n => System.IO.Path.Exists(System.IO.Path.Combine(path, n))) is { } other && !IsResult(path, names[0]))
            throw new WrongInputException($"{path} holds a {other} that is no result of posiwid; name another folder, or move that file away.");

        Path = path;
        aside = System.IO.Path.Combine(path, ".unfinished");
        try
        {
            for (var folder = System.IO.Path.GetFullPath(path); folder is not null && !Directory.Exists(folder); folder = System.IO.Path.GetDirectoryName(folder))
                made.Add(folder);
            Directory.CreateDirectory(aside);
            owner = new FileStream(System.IO.Path.Combine(aside, "owner"), FileMode.Create, FileAccess.Write, FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            RemoveMade();
            throw CannotWrite(path, e);
        }
        foreach (var left in Directory.EnumerateFiles(aside).Where(f => f != owner.Name))
            File.Delete(left);
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Writes a file aside; it takes its place with <see cref="Commit"/>.</summary>
    /// <exception cref="WrongInputException">The file cannot be written.</exception>
    public void Write(string name, Action<string> write)
    {
        try
        {
            write(System.IO.Path.Combine(aside, name));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(System.IO.Path.Combine(Path, name), e);
        }
        catch (BookException e)
        {
            throw new WrongInputException(e.Message.Replace(System.IO.Path.GetFullPath(aside), Path, StringComparison.Ordinal).Replace(aside, Path, StringComparison.Ordinal), e);
        }
    }

    /// <summary>Writes a text file aside.</summary>
    public void Write(string name, string text) => Write(name, path => File.WriteAllText(path, text));

    /// <summary>The bytes of a file that was written aside.</summary>
    public Stream Read(string name) => File.OpenRead(System.IO.Path.Combine(aside, name));

    /// <summary>Puts the files in their places.</summary>
    public void Commit()
    {
        foreach (var file in Directory.EnumerateFiles(aside).Where(f => f != owner.Name))
        {
            var target = System.IO.Path.Combine(Path, System.IO.Path.GetFileName(file));
            try
            {
                File.Move(file, target, true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw CannotWrite(target, e);
            }
        }
        made.Clear();
    }

    /// <summary>Removes what was not committed, and the folder if it was made for nothing.</summary>
    public void Dispose()
    {
        owner.Dispose();
        if (Directory.Exists(aside))
            Directory.Delete(aside, true);
        RemoveMade();
    }

    private static bool IsResult(string path, string page) => System.IO.Path.Combine(path, page) is var file && System.IO.Path.Exists(file)
        ? HtmlPage.IsOurs(file) : JsonOutput.IsOurs(System.IO.Path.Combine(path, ResultFiles.Manifest));

    private void RemoveMade()
    {
        foreach (var folder in made.Where(Directory.Exists))
        {
            if (Directory.EnumerateFileSystemEntries(folder).Any())
                break;
            Directory.Delete(folder);
        }
    }

    private static WrongInputException CannotWrite(string path, Exception e) => new($"Cannot write {path}: {e.Message}", e);
}
