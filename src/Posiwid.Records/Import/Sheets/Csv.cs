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
    private readonly int skipped;
    private readonly bool endsWithLine;

    public Csv(string path, int headingLine, Action<long, string> broken)
    {
        (this.path, this.broken, skipped) = (path, broken, headingLine - 1);
        var (encoding, mixed, zero) = EncodingOf(path);
        if (zero)
            throw new BookException($"{path} is no text file: it holds zero bytes.");
        if (mixed > 0)
            Notes.Add($"{Path.GetFileName(path)}: {mixed} {(mixed == 1 ? "line is" : "lines are")} no UTF-8; the file was read as Windows-1252.");
        length = new FileInfo(path).Length;
        endsWithLine = EndsWithLine();
        var oneLineEach = HasLooseQuotes(encoding);
        if (oneLineEach)
            Notes.Add($"{Path.GetFileName(path)}: quotation marks do not match; each line was taken as one row.");
        input = Open();
        reader = CsvReader.Create(input, Options(encoding, oneLineEach, Broken), leaveOpen: false);
        reader.ReadHeader();
        TakeHeadings(reader.Headers.ToArray());
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
            throw new BookException($"{path}, line {Math.Max(1, error.LineNumber) + skipped}: a row of more than {MostBytesInARow >> 20} MB cannot be read.", error);
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

    private static CsvReaderOptions Options(Encoding encoding, bool oneLineEach, Action<CsvMalformedRecord> malformed) => new()
    {
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
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16, FileOptions.SequentialScan);
        for (var line = 0; line < skipped; line++)
            while (file.ReadByte() is var next and not '\n')
                if (next < 0)
                {
                    file.Dispose();
                    throw new BookException($"{path} has no line {skipped + 1}, where its headings should be.");
                }

        return new BoundedStream(file, length - file.Position);
    }

    private bool HasLooseQuotes(Encoding encoding)
    {
        var loose = false;
        try
        {
            using var scan = CsvReader.Create(Open(), Options(encoding, oneLineEach: false, r => loose |= r.Reason == CsvMalformedReason.UnterminatedQuote || r.RawRecord.Contains('\n')), leaveOpen: false);
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
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (length == 0)
            return true;
        file.Position = length - 1;
        return file.ReadByte() == '\n';
    }

    private static (Encoding, long NotUtf8, bool Zero) EncodingOf(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16, FileOptions.SequentialScan);
        var buffer = new byte[1 << 16];
        var (kept, wrong, zero) = (0, 0L, false);
        var first = true;
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

    private sealed class BoundedStream(FileStream inner, long left) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(Span<byte> buffer)
        {
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
