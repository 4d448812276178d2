using Posiwid.App.Commands;
using Posiwid.Records;

namespace Posiwid.App.Report;

/// <summary>
/// The folder for results. Files are written aside, in a hidden folder within, and take their places together when all are whole:
/// a full disk or an interruption leaves what was there before.
/// </summary>
public sealed class OutputFolder : IDisposable
{
    private readonly string aside;
    private readonly FileStream owner;
    private readonly List<string> made = [];

    /// <summary>Makes the folder, or says in a sentence why it cannot be.</summary>
    /// <exception cref="WrongInputException">The folder cannot be written.</exception>
    public OutputFolder(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
            throw new WrongInputException("--out wants the name of a folder.");
        for (var folder = System.IO.Path.GetFullPath(path); folder is not null; folder = System.IO.Path.GetDirectoryName(folder))
        {
            if (File.Exists(folder))
                throw new WrongInputException($"Cannot write {path}: {(folder == System.IO.Path.GetFullPath(path) ? "it" : folder)} is a file, not a folder.");
        }

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
