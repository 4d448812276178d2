namespace Posiwid.Records;

/// <summary>
/// Writes a file or a folder under another name beside its place and renames it when it is whole, so that whoever looks
/// finds the old one or the new one, never a half.
/// </summary>
public static class Aside
{
    /// <summary>Writes a file; its folder is created if it is not there.</summary>
    /// <param name="path">Where the file shall be.</param>
    /// <param name="write">Writes it at the path that it is given; if it throws, nothing is left and an old file stays as it was.</param>
    public static void WriteFile(string path, Action<string> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        path = Path.GetFullPath(path);
        if (Directory.Exists(path))
            throw new BookException($"{path} is a folder, not a file.");
        var aside = NameBeside(path);
        try
        {
            write(aside);
            using (var handle = File.OpenHandle(aside, FileMode.Open, FileAccess.ReadWrite))
                RandomAccess.FlushToDisk(handle);
            File.Move(aside, path, overwrite: true);
        }
        catch
        {
            Remove(aside);
            throw;
        }
    }

    /// <summary>Writes a folder. A folder that is there already is replaced if it holds nothing but what this writes.</summary>
    /// <param name="path">Where the folder shall be.</param>
    /// <param name="isOurs">Says of a file name whether it is one that may be replaced.</param>
    /// <param name="write">Fills the folder that it is given; if it throws, nothing is left and an old folder stays as it was.</param>
    public static void WriteFolder(string path, Predicate<string> isOurs, Action<string> write)
    {
        ArgumentNullException.ThrowIfNull(isOurs);
        ArgumentNullException.ThrowIfNull(write);
        path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (File.Exists(path))
            throw new BookException($"{path} is a file, not a folder.");
        if (Directory.Exists(path))
            foreach (var entry in Directory.EnumerateFileSystemEntries(path))
                if (Directory.Exists(entry) || !isOurs(Path.GetFileName(entry)))
                    throw new BookException($"{path} holds something else ({Path.GetFileName(entry)}); name a new or an empty folder.");
        var aside = NameBeside(path);
        var old = NameBeside(path);
        try
        {
            Directory.CreateDirectory(aside);
            write(aside);
            if (Directory.Exists(path))
                Directory.Move(path, old);
            Directory.Move(aside, path);
        }
        catch
        {
            Remove(aside);
            if (Directory.Exists(old) && !Directory.Exists(path))
                Directory.Move(old, path);
            throw;
        }

        Remove(old);
    }

    private static string NameBeside(string path)
    {
        var folder = Path.GetDirectoryName(path) ?? throw new BookException($"{path} is the root of a disk; name a file or folder on it.");
        Directory.CreateDirectory(folder);
        return Path.Combine(folder, $".{Path.GetFileName(path)}.{Path.GetRandomFileName()}");
    }

    private static void Remove(string path)
    {
        try
        {
            // DuckDB keeps a log and a folder beside a file that it writes
            foreach (var left in (string[])[path, path + ".wal", path + ".tmp"])
                if (Directory.Exists(left))
                    Directory.Delete(left, recursive: true);
                else
                    File.Delete(left);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // a leftover under a hidden name harms nobody; the failure that led here is the one to tell
        }
    }
}
