using System.Globalization;
using System.Text;

namespace Posiwid.Simulation.Fitting;

/// <summary>A journal cannot be used; the message is one sentence for people.</summary>
public sealed class FitJournalException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// What the runs of a fit gave, one line each, as they were finished; also what the models of another long experiment did. Which parameters a run had follows from the fit itself, so
/// a fit that is started again takes its results from here as far as they go, and goes on with the same bits. A line that was cut off by a
/// crash is dropped.
/// </summary>
public sealed class FitJournal : IDisposable
{
    private readonly Dictionary<(int Generation, int Proposal), double[]> found = [];
    private readonly FileStream file;

    private FitJournal(FileStream file) => this.file = file;

    /// <summary>Runs that were found in it when it was opened.</summary>
    public int Found { get; private init; }

    /// <summary>Opens a journal, or begins one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="what">What the fit is: anything that tells it from another one, on one line.</param>
    /// <param name="kind">Kind of work that it is of.</param>
    /// <exception cref="FitJournalException">It cannot be opened, or belongs to another fit.</exception>
    public static FitJournal Open(string path, string what, string kind = "fit")
    {
        FileStream? file = null;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            var whole = Array.LastIndexOf(bytes, (byte)'\n') + 1;
            var lines = Encoding.UTF8.GetString(bytes, 0, whole).Split('\n')[..^1];
            var head = $"posiwid {kind} journal 1: {what}";
            if (lines.Length > 0 && lines[0] != head)
                throw new FitJournalException($"{path} belongs to another {kind} (other scenario, priors, figures, particles, seed or version); remove it, or name another folder.");
            var journal = new FitJournal(file) { Found = Math.Max(0, lines.Length - 1) };
            for (var i = 1; i < lines.Length; i++)
                journal.Read(lines[i], $"{path}:{i + 1}");
            file.SetLength(whole);
            file.Position = whole;
            if (lines.Length == 0)
                journal.Write(head);
            return journal;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            file?.Dispose();
            throw new FitJournalException($"{path} cannot be used: {e.Message}", e);
        }
        catch
        {
            file?.Dispose();
            throw;
        }
    }

    /// <summary>What a run gave; null if it is not in the journal.</summary>
    public double[]? Find(int generation, int proposal) => found.GetValueOrDefault((generation, proposal));

    /// <summary>Adds a run.</summary>
    public void Add(int generation, int proposal, double[] summaries)
    {
        ArgumentNullException.ThrowIfNull(summaries);
        Write(string.Create(CultureInfo.InvariantCulture, $"{generation} {proposal} {string.Join(' ', summaries.Select(s => s.ToString("R", CultureInfo.InvariantCulture)))}"));
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private void Write(string line)
    {
        var bytes = Encoding.UTF8.GetBytes(line + "\n");
        lock (file)
        {
            file.Write(bytes);
            file.Flush();
        }
    }

    private void Read(string line, string place)
    {
        var words = line.Split(' ');
        var numbers = words.Select(w => double.TryParse(w, NumberStyles.Float, CultureInfo.InvariantCulture, out var x) ? x : (double?)null).ToArray();
        if (numbers.Length < 3 || numbers.Any(n => n is null) || !int.TryParse(words[0], out var generation) || !int.TryParse(words[1], out var proposal))
            throw new FitJournalException($"{place}: this is not a line of a fit's journal; remove the file to begin anew.");
        found[(generation, proposal)] = [.. numbers[2..].Select(n => n!.Value)];
    }
}
