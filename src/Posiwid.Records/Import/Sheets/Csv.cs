using System.Text;
using System.Text.Unicode;
using CsvHelper;

namespace Posiwid.Records.Import;

/// <summary>
/// A file of separated values: comma, semicolon, tab or bar; UTF-8, UTF-16 or, where the bytes are no UTF-8, Windows-1252. Where a quotation mark is never closed, or
/// closes in another line's cell, every line is taken as a row of its own, so that one broken row does not swallow those after it.
/// </summary>
internal sealed class Csv : Sheet
{
    private const int MostBytesInARow = 1 << 20;

    private readonly Action<long, string> broken;
    private readonly Stream input;
    private readonly CsvReader reader;
    private readonly string path;
    private readonly long length;
    private readonly long skipped;
    private readonly bool endsWithLine;

    public Csv(string path, int headingLine, Action<long, string> broken)
    {
        (this.path, this.broken, skipped) = (path, broken, headingLine - 1);
        var (encoding, mixed, zero) = EncodingOf(path, 0);
        if (zero)
            throw new BookException($"{path} is no text file: it holds zero bytes.");
        if (mixed > 0)
            Notes.Add($"{Path.GetFileName(path)}: {mixed} {(mixed == 1 ? "line is" : "lines are")} no UTF-8; the file was read as Windows-1252.");
        length = new FileInfo(path).Length;
        endsWithLine = EndsWithLine();
        var oneLineEach = HasLooseQuotes(Open, encoding, null);
        if (oneLineEach)
            Notes.Add($"{Path.GetFileName(path)}: quotation marks do not match; each line was taken as one row.");
        input = Open();
        reader = CsvReader.Create(input, Options(encoding, oneLineEach, Broken), leaveOpen: false);
        reader.ReadHeader();
        TakeHeadings(reader.Headers.ToArray());
        IsPlain = ReferenceEquals(encoding, Encoding.UTF8) && !oneLineEach && !Headings.Any(h => h.Contains('\n'));
    }

    private Csv(string path, Func<Stream> open, char separator, long linesBefore, long length, Action<long, string> broken)
    {
        // the headings are the first line of what is read
        (this.path, this.broken, this.length, skipped, endsWithLine) = (path, broken, length, linesBefore - 1, true);
        input = open();
        reader = CsvReader.Create(input, Options(Encoding.UTF8, false, Broken, separator), leaveOpen: false);
        reader.ReadHeader();
        TakeHeadings(reader.Headers.ToArray());
        IsPlain = true;
    }

    /// <summary>True if the file can be read on where it ends once it has grown: what comes later does not change how what stands there is read.</summary>
    public bool IsPlain { get; }

    /// <summary>What stands between cells.</summary>
    public char Separator => reader.Separator;

    /// <summary>Reads what was appended to a file that was plain; null if what was appended is not, so that the whole must be read again.</summary>
    /// <param name="path">The file.</param>
    /// <param name="headingLine">Line of the headings, from 1.</param>
    /// <param name="separator">What stands between cells.</param>
    /// <param name="from">Bytes that were read.</param>
    /// <param name="lines">Lines that were read.</param>
    /// <param name="to">Where reading ends.</param>
    /// <param name="broken">Told of each row that cannot be read.</param>
    public static Csv? ReadOn(string path, int headingLine, char separator, long from, long lines, long to, Action<long, string> broken)
    {
        var (encoding, mixed, zero) = EncodingOf(path, from);
        if (mixed > 0 || zero || !ReferenceEquals(encoding, Encoding.UTF8) || HasLooseQuotes(Both, encoding, separator))
            return null;
        return new Csv(path, Both, separator, lines, to, broken);

        Stream Both()
        {
            var file = File(path);
            Skip(file, headingLine - 1, path);
            var start = file.Position;
            Skip(file, 1, path);
            var heading = new byte[file.Position - start];
            file.Position = start;
            file.ReadExactly(heading);
            file.Position = from;
            return new BoundedStream(file, to - from, heading);
        }
    }

    public override string this[int column] => column < reader.FieldCount ? reader.GetString(column) : "";

    public override bool Has(int column) => column < reader.FieldCount && !reader.GetRawSpan(column).IsEmpty;

    public override bool Read()
    {
        try
        {
            while (reader.Read())
            {
                Line = reader.LineNumber + skipped;
                if (reader.FieldCount == Headings.Count || (reader.FieldCount > Headings.Count && Enumerable.Range(Headings.Count, reader.FieldCount - Headings.Count).All(reader.IsEmpty)))
                {
                    if (Enumerable.Range(0, Headings.Count).All(reader.IsEmpty))
                        continue; // separators alone are an empty line
                    return true;
                }

                broken(Line, $"{reader.FieldCount} cells where {Headings.Count} belong");
            }
        }
        catch (CsvFormatException error)
        {
            throw new BookException(new BookPlace(path, Math.Max(1, error.LineNumber) + skipped), $"a row of more than {MostBytesInARow >> 20} MB cannot be read.", error);
        }

        if (!endsWithLine && new FileInfo(path).Length != length)
            throw new BookException($"{path} grew while it was read, and its last line was cut; try again when it is whole.");
        return false;
    }

    public override void Dispose()
    {
        reader?.Dispose();
        input?.Dispose();
    }

    private static CsvReaderOptions Options(Encoding encoding, bool oneLineEach, Action<CsvMalformedRecord> malformed, char? separator = null) => new()
    {
        Separator = separator,
        TrackLineNumbers = true,
        Encoding = encoding,
        AllowLineBreaksInQuotes = !oneLineEach,
        MalformedData = CsvMalformedDataHandling.Skip,
        FieldCountMismatch = CsvFieldCountHandling.Allow,
        OnMalformedRecord = malformed,
        MaxRecordSize = MostBytesInARow,
    };

    private void Broken(CsvMalformedRecord record) => broken(record.LineNumber + skipped, record.Reason switch
    {
        CsvMalformedReason.UnterminatedQuote or CsvMalformedReason.LineBreakInQuotes => "a quotation mark is never closed",
        CsvMalformedReason.TextAfterClosingQuote => "text after a closing quotation mark",
        _ => "a quotation mark within a cell that has none around it",
    });

    /// <summary>The file from its heading line to where it ended when it was opened, so that what is appended meanwhile is left for the next time.</summary>
    private BoundedStream Open()
    {
        var file = File(path);
        Skip(file, skipped, path);
        return new BoundedStream(file, length - file.Position, []);
    }

    private static FileStream File(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16, FileOptions.SequentialScan);

    private static void Skip(FileStream file, long lines, string path)
    {
        for (var line = 0; line < lines; line++)
            while (file.ReadByte() is var next and not '\n')
                if (next < 0)
                {
                    file.Dispose();
                    throw new BookException($"{path} has no line {lines + 1}, where its headings should be.");
                }
    }

    private static bool HasLooseQuotes(Func<Stream> open, Encoding encoding, char? separator)
    {
        var loose = false;
        try
        {
            using var scan = CsvReader.Create(open(), Options(encoding, oneLineEach: false, r => loose |= r.Reason == CsvMalformedReason.UnterminatedQuote || r.RawRecord.Contains('\n'), separator), leaveOpen: false);
            while (!loose && scan.Read())
            {
            }
        }
        catch (CsvFormatException)
        {
            return true; // a record that is too long to be one
        }

        return loose;
    }

    private bool EndsWithLine()
    {
        using var file = File(path);
        if (length == 0)
            return true;
        file.Position = length - 1;
        return file.ReadByte() == '\n';
    }

    private static (Encoding, long NotUtf8, bool Zero) EncodingOf(string path, long from)
    {
        using var file = File(path);
        file.Position = from;
        var buffer = new byte[1 << 16];
        var (kept, wrong, zero) = (0, 0L, false);
        var first = from == 0;
        while (file.Read(buffer, kept, buffer.Length - kept) is var read and > 0)
        {
            var have = buffer.AsSpan(0, kept + read);
            if (first && have is [0xFF, 0xFE, ..])
                return (Encoding.Unicode, 0, false);
            if (first && have is [0xFE, 0xFF, ..])
                return (Encoding.BigEndianUnicode, 0, false);
            first = false;
            // whole lines only: a character may be cut at the buffer's end
            var end = have.LastIndexOf((byte)'\n') + 1;
            if (end == 0)
                end = have.Length;
            zero |= have[..end].Contains((byte)0);
            if (!Utf8.IsValid(have[..end]))
                foreach (var line in have[..end].Split((byte)'\n'))
                    wrong += Utf8.IsValid(have[line]) ? 0 : 1;
            kept = have.Length - end;
            have[end..].CopyTo(buffer);
        }

        if (!Utf8.IsValid(buffer.AsSpan(0, kept)))
            wrong++;
        if (wrong == 0)
            return (Encoding.UTF8, 0, zero);
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return (Encoding.GetEncoding(1252), wrong, zero);
    }

    /// <summary>Some bytes, and then a file from where it stands, up to a certain number of bytes.</summary>
    private sealed class BoundedStream(FileStream inner, long left, byte[] before) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        private int given;

        public override int Read(Span<byte> buffer)
        {
            if (given < before.Length)
            {
                var some = Math.Min(buffer.Length, before.Length - given);
                before.AsSpan(given, some).CopyTo(buffer);
                given += some;
                return some;
            }

            var read = inner.Read(buffer[..(int)Math.Min(buffer.Length, left)]);
            left -= read;
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
