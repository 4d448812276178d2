using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DuckDB.NET.Data;

namespace Posiwid.Records.Import;

/// <summary>What a source was when it was read, so that the next import can tell whether it is the same, has grown, or is another.</summary>
/// <param name="Stamp">A hash of what was read.</param>
/// <param name="Bytes">Bytes that were read; 0 where that says nothing.</param>
/// <param name="Lines">Lines, or commits, that were read.</param>
/// <param name="Grows">How to read on where this ends (a file's separator, a commit); empty if the whole must be read again once anything has changed.</param>
internal sealed record SourceState(string Stamp, long Bytes, long Lines, string Grows);

/// <summary>
/// What an earlier import read, kept beside the book in the database of staged rows: typed, pseudonymous rows with their file and line, before they were checked
/// against one another. A source that is the same is not read again; of one that has grown, only what is new is; one that was rewritten is read again as a whole.
/// </summary>
internal sealed class Memory(DuckDBConnection connection, ImportReport report)
{
    /// <summary>Changes whenever rows are read in another way.</summary>
    private const int Version = 2;

    /// <summary>Stands before the number of a hidden word; no code begins so.</summary>
    private const char Hidden = '#';

    private const string Known = Stage.Name + ".known_source", Refused = Stage.Name + ".known_refused", Reasons = Stage.Name + ".known_reason", Notes = Stage.Name + ".known_note", Key = Stage.Name + ".known_key";

    /// <summary>What else decides how a row is read: the mapping, the secret, the ends.</summary>
    public static string KeyOf(Mapping mapping, ImportSettings settings, Pseudonyms names)
    {
        var text = new StringBuilder($"{Version} {mapping.Currency} {names.Key("memory", "memory").ToString(CultureInfo.InvariantCulture)}\n");
        foreach (var (code, label, family) in settings.Ends)
            text.Append(CultureInfo.InvariantCulture, $"{code}|{label}|{family}\n");
        foreach (var s in mapping.Sources)
        {
            text.Append(CultureInfo.InvariantCulture, $"{s.File}|{s.Sheet}|{s.Beside}|{s.Holds}|{s.HeadingLine}|{s.Dates}|{s.Decimals}{(s.YesOrNo ? "|yes-or-no" : "")}\n");
            foreach (var words in (IEnumerable<IReadOnlyDictionary<string, string>>)[s.Columns, s.Always, s.Attributes, s.Spread, .. s.Words.Values])
                text.Append(string.Join('|', words.Select(w => $"{w.Key}={w.Value}"))).Append('\n');
            text.Append(string.Join('|', s.Words.Keys)).Append(string.Join('|', s.Only.Select(o => $"{o.Key}={string.Join(',', o.Value)}"))).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>Makes the tables; what was read with another key is forgotten.</summary>
    /// <returns>False if what is there is of no use.</returns>
    public bool Open(string key)
    {
        DuckDb.Execute(connection, $"""
            CREATE TABLE IF NOT EXISTS {Key}(key VARCHAR NOT NULL);
            CREATE TABLE IF NOT EXISTS {Known}(source INTEGER NOT NULL, file VARCHAR NOT NULL, stamp VARCHAR NOT NULL, bytes BIGINT NOT NULL, lines BIGINT NOT NULL, grows VARCHAR NOT NULL, read BIGINT NOT NULL, refused BIGINT NOT NULL);
            CREATE TABLE IF NOT EXISTS {Refused}(source INTEGER NOT NULL, line BIGINT NOT NULL, why VARCHAR NOT NULL);
            CREATE TABLE IF NOT EXISTS {Reasons}(source INTEGER NOT NULL, why VARCHAR NOT NULL, rows BIGINT NOT NULL);
            CREATE TABLE IF NOT EXISTS {Notes}(source INTEGER NOT NULL, note VARCHAR NOT NULL)
            """);
        var had = DuckDb.Rows(connection, $"SELECT key FROM {Key}", r => r.GetString(0)).FirstOrDefault();
        if (had is not null && had != key)
            return false;
        if (had is null)
            DuckDb.Execute(connection, $"INSERT INTO {Key} VALUES ({DuckDb.Literal(key)})");
        return true;
    }

    /// <summary>What a source was; null if it was not read before.</summary>
    public SourceState? Of(int source) => DuckDb.Rows(connection, $"SELECT stamp, bytes, lines, grows FROM {Known} WHERE source = {source} AND file = {DuckDb.Literal(report.Of(source).File)}",
        r => new SourceState(r.GetString(0), r.GetInt64(1), r.GetInt64(2), r.GetString(3))).FirstOrDefault();

    /// <summary>Puts into the report what was read of a source before, as if it had been read now.</summary>
    public void Recall(int source)
    {
        var (read, refused) = DuckDb.Rows(connection, $"SELECT read, refused FROM {Known} WHERE source = {source}", r => (r.GetInt64(0), r.GetInt64(1))).First();
        report.Recall(source, read, refused,
            [.. DuckDb.Rows(connection, $"SELECT line, why FROM {Refused} WHERE source = {source}", r => (r.GetInt64(0), r.GetString(1)))],
            [.. DuckDb.Rows(connection, $"SELECT why, rows FROM {Reasons} WHERE source = {source}", r => (r.GetString(0), r.GetInt64(1)))]);
        report.Notes.AddRange(DuckDb.Rows(connection, $"SELECT note FROM {Notes} WHERE source = {source}", r => r.GetString(0)).ToList());
    }

    /// <summary>Forgets a source with its rows.</summary>
    public void Forget(int source)
    {
        foreach (var table in RecordKind.All.Select(k => $"{Stage.Name}.{k.Table}").Concat([$"{Stage.Name}.attribute", $"{Stage.Name}.lost_decision", Known, Refused, Reasons, Notes]))
            DuckDb.Execute(connection, $"DELETE FROM {table} WHERE source = {source}");
    }

    /// <summary>Remembers what was read of a source by now.</summary>
    public void Keep(int source, SourceState state, IEnumerable<string> notes)
    {
        foreach (var table in (string[])[Known, Refused, Reasons, Notes])
            DuckDb.Execute(connection, $"DELETE FROM {table} WHERE source = {source}");
        var of = report.Of(source);
        DuckDb.Execute(connection, string.Create(CultureInfo.InvariantCulture, $"INSERT INTO {Known} VALUES ({source}, {DuckDb.Literal(of.File)}, {DuckDb.Literal(state.Stamp)}, {state.Bytes}, {state.Lines}, {DuckDb.Literal(state.Grows)}, {of.Read}, {of.Refused})"));
        foreach (var row in report.RefusedOf(source))
            DuckDb.Execute(connection, string.Create(CultureInfo.InvariantCulture, $"INSERT INTO {Refused} VALUES ({source}, {row.Line}, {DuckDb.Literal(row.Why)})"));
        foreach (var (why, rows) in report.ReasonsOf(source))
            DuckDb.Execute(connection, string.Create(CultureInfo.InvariantCulture, $"INSERT INTO {Reasons} VALUES ({source}, {DuckDb.Literal(why)}, {rows})"));
        foreach (var note in notes)
            DuckDb.Execute(connection, $"INSERT INTO {Notes} VALUES ({source}, {DuckDb.Literal(note)})");
    }

    /// <summary>
    /// Words that nobody listed and that stand in few rows may be names: what is kept of them is a number, made with the secret. If the same word is read again later, the number becomes the
    /// word again, and rows with both count together.
    /// </summary>
    /// <param name="open">Codes that no mapping listed, by kind and field.</param>
    /// <param name="names">Makes the numbers.</param>
    /// <param name="known">Words that are no names, however rare.</param>
    public void Hide(IReadOnlySet<(string Kind, string Field)> open, Pseudonyms names, IReadOnlyCollection<string> known)
    {
        foreach (var (kind, field) in open.Order())
        {
            var (table, words) = ($"{Stage.Name}.{kind}", DuckDb.Rows(connection, $"SELECT {field}, count(*) FROM {Stage.Name}.{kind} WHERE {field} IS NOT NULL GROUP BY 1", r => (Word: r.GetString(0), Rows: r.GetInt64(1))).ToDictionary(w => w.Word, w => w.Rows));
            foreach (var (word, rows) in words.Where(w => w.Key[0] != Hidden).ToList())
            {
                var number = string.Create(CultureInfo.InvariantCulture, $"{Hidden}{names.Key("word", word)}");
                var before = words.GetValueOrDefault(number);
                var (from, to) = rows + before < Filling.FewRows && !known.Contains(word) ? (word, number) : (number, word);
                if (words.ContainsKey(from))
                    DuckDb.Execute(connection, $"UPDATE {table} SET {field} = {DuckDb.Literal(to)} WHERE {field} = {DuckDb.Literal(from)}");
            }
        }
    }

    /// <summary>What a file is, and whether it begins with all that it was before.</summary>
    /// <param name="path">The file.</param>
    /// <param name="before">What it was.</param>
    public static (SourceState Now, bool Begins) Look(string path, SourceState? before)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16, FileOptions.SequentialScan);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 16];
        var (bytes, lines, begins, last) = (0L, 0L, before is { Bytes: 0 }, (byte)'\n');
        while (true)
        {
            var left = before is not null && bytes < before.Bytes ? (int)Math.Min(buffer.Length, before.Bytes - bytes) : buffer.Length;
            if (file.Read(buffer, 0, left) is var read && read == 0)
                break;
            hash.AppendData(buffer, 0, read);
            lines += buffer.AsSpan(0, read).Count((byte)'\n');
            bytes += read;
            last = buffer[read - 1];
            if (before is not null && bytes == before.Bytes)
                begins = Convert.ToHexStringLower(hash.GetCurrentHash()) == before.Stamp;
        }

        // a last line that is not ended may be half of one
        return (new SourceState(Convert.ToHexStringLower(hash.GetCurrentHash()), bytes, lines, last == '\n' ? "lines" : ""), begins);
    }
}
