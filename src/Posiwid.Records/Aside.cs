using System.Text.RegularExpressions;

namespace Posiwid.Records;

/// <summary>
/// Writes a file or a folder under another name beside its place and renames it when it is whole, so that whoever looks
/// finds the old one or the new one, never a half. As long as somebody writes there, a lock file beside it is held open: where nobody does, the writer was killed.
/// </summary>
public static partial class Aside
{
    private const string Lock = ".lock", Old = ".old";

    /// <summary>Writes a file; its folder is created if it is not there.</summary>
    /// <param name="path">Where the file shall be.</param>
    /// <param name="write">Writes it at the path that it is given; if it throws, nothing is left and an old file stays as it was.</param>
    public static void WriteFile(string path, Action<string> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        path = Path.GetFullPath(path);
        if (Directory.Exists(path))
            throw new BookException($"{path} is a folder, not a file.");
        using var held = Hold(path);
        var aside = held.Path;
        write(aside);
        using (var handle = File.OpenHandle(aside, FileMode.Open, FileAccess.ReadWrite))
            RandomAccess.FlushToDisk(handle);
        File.Move(aside, path, overwrite: true);
    }

    /// <summary>Makes a folder, with those on the way to it, where none is.</summary>
    /// <param name="path">The folder.</param>
    /// <exception cref="IOException">It, or one on the way to it, is a file.</exception>
    internal static void MakeFolder(string path)
    {
        for (var at = Path.GetFullPath(path); at is not null; at = Path.GetDirectoryName(at))
            if (File.Exists(at))
                throw new IOException($"{at} is a file, not a folder");
        Directory.CreateDirectory(path);
    }

    /// <summary>Refuses to write in the place of a file that is another's.</summary>
    /// <param name="path">Where a file is to be written; nothing need be there.</param>
    /// <param name="require">Is given the path of a file that is there; throws a <see cref="BookException"/> that says what it is instead, if it may not be replaced.</param>
    /// <exception cref="BookException">It may not be replaced.</exception>
    public static void RequireOurs(string path, Action<string> require)
    {
        ArgumentNullException.ThrowIfNull(require);
        try
        {
            if (File.Exists(path))
                require(path);
        }
        catch (BookException error)
        {
            throw new BookException($"{error.Message.TrimEnd('.')}; it was left as it is, name another file to write.", error);
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
        using var held = Hold(path);
        var (aside, old) = (held.Path, held.Path + Old);
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
            if (Directory.Exists(old) && !Directory.Exists(path))
                Directory.Move(old, path);
            throw;
        }

        Remove(old);
    }

    /// <summary>Removes what writers of a file or folder left beside it when they were killed; what is being written just now stays.</summary>
    /// <param name="path">Where the file or folder is, or shall be.</param>
    public static void RemoveDead(string path)
    {
        path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Path.GetDirectoryName(path) is not { } folder || !Directory.Exists(folder))
            return;
        var start = $".{Path.GetFileName(path)}.";
        foreach (var mark in Directory.GetFiles(folder, "*" + Lock).Where(f => Path.GetFileName(f).StartsWith(start, StringComparison.Ordinal) && OwnName().IsMatch(Path.GetFileName(f)[start.Length..])))
            try
            {
                using var dead = new FileStream(mark, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
                var aside = mark[..^Lock.Length];
                // killed between taking the old folder away and putting the new one there
                if (Directory.Exists(aside + Old) && !Directory.Exists(path))
                    Directory.Move(aside + Old, path);
                foreach (var left in Directory.GetFileSystemEntries(folder, Path.GetFileName(aside) + "*").Where(f => f != mark))
                    Delete(left);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // somebody writes there, or it is another's
            }
    }

    /// <summary>A name beside a place, which nobody else takes as long as it is held.</summary>
    internal static Held Hold(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? throw new BookException($"{path} is the root of a disk; name a file or folder on it.");
        MakeFolder(folder);
        for (var tries = 1; ; tries++)
        {
            var aside = Path.Combine(folder, $".{Path.GetFileName(path)}.{Path.GetRandomFileName()}");
            try
            {
                return new Held(aside, new FileStream(aside + Lock, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose));
            }
            catch (IOException) when (tries < 3 && File.Exists(aside + Lock))
            {
                // between making the file and locking it, somebody took it for a dead one
            }
        }
    }

    /// <summary>A name that is held by a lock file; what still stands there in the end is removed.</summary>
    /// <param name="Path">The name.</param>
    /// <param name="Mark">The lock.</param>
    internal sealed record Held(string Path, FileStream Mark) : IDisposable
    {
        /// <inheritdoc/>
        public void Dispose()
        {
            Remove(Path);
            Mark.Dispose();
        }
    }

    private static void Remove(string path)
    {
        try
        {
            // DuckDB keeps a log and a folder beside a file that it writes
            foreach (var left in (string[])[path, path + ".wal", path + ".tmp"])
                Delete(left);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // a leftover under a hidden name harms nobody; the failure that led here is the one to tell
        }
    }

    private static void Delete(string path)
    {
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
        else
            File.Delete(path);
    }

    [GeneratedRegex(@"^[a-z0-9]{8}\.[a-z0-9]{3}\.lock$")]
    private static partial Regex OwnName();
}
