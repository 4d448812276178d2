using System.Buffers;
using System.Globalization;
using System.Text;

namespace Posiwid.Records;

/// <summary>
/// Writes columns as CSV (RFC 4180 with line feeds, UTF-8): a header, dates as 2019-03-31, numbers with a point and with
/// all digits that they need to be read back, nothing for a missing value and "" for an empty text.
/// </summary>
internal static class CsvFile
{
    private const int FlushBytes = 1 << 16;

    /// <summary>Writes the rows of some pages one after another.</summary>
    public static void Write(string path, IReadOnlyList<Column> columns, IEnumerable<Table> pages)
    {
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        var line = new ArrayBufferWriter<byte>(2 * FlushBytes);
        for (var i = 0; i < columns.Count; i++)
        {
            line.Write(i == 0 ? ""u8 : ","u8);
            line.Write(Quoted(columns[i].Name));
        }

        line.Write("\n"u8);
        foreach (var page in pages)
        {
            var cells = page.Columns.Select(Writer).ToArray();
            for (var row = 0; row < page.Count; row++)
            {
                for (var i = 0; i < cells.Length; i++)
                {
                    if (i > 0)
                        line.Write(","u8);
                    cells[i](line, row);
                }

                line.Write("\n"u8);
                if (line.WrittenCount > FlushBytes)
                {
                    file.Write(line.WrittenSpan);
                    line.ResetWrittenCount();
                }
            }
        }

        file.Write(line.WrittenSpan);
    }

    private static Action<ArrayBufferWriter<byte>, int> Writer(Column column) => column switch
    {
        TextColumn c => Text(c),
        Column<bool> c => (line, row) => Put(line, c[row]),
        Column<DateOnly> c => (line, row) => Put(line, c[row], "O"),
        Column<sbyte> c => (line, row) => Put(line, c[row]),
        Column<int> c => (line, row) => Put(line, c[row]),
        Column<long> c => (line, row) => Put(line, c[row]),
        Column<double> c => (line, row) => Put(line, c[row]),
        OptionalColumn<DateOnly> c => (line, row) => { if (c[row] is { } value) Put(line, value, "O"); }
        ,
        OptionalColumn<sbyte> c => (line, row) => { if (c[row] is { } value) Put(line, value); }
        ,
        OptionalColumn<int> c => (line, row) => { if (c[row] is { } value) Put(line, value); }
        ,
        OptionalColumn<long> c => (line, row) => { if (c[row] is { } value) Put(line, value); }
        ,
        OptionalColumn<double> c => (line, row) => { if (c[row] is { } value) Put(line, value); }
        ,
        _ => throw new NotSupportedException($"Column {column.Name} is of a type that has no form in CSV here: {column.Type.Name}."),
    };

    private static Action<ArrayBufferWriter<byte>, int> Text(TextColumn column)
    {
        var quoted = column.Texts.Select(Quoted).ToArray();
        return (line, row) =>
        {
            if (column.Codes[row] is var code and >= 0)
                line.Write(quoted[code]);
        };
    }

    private static byte[] Quoted(string text) => Encoding.UTF8.GetBytes(
        text.Length == 0 || text.AsSpan().IndexOfAny(",\"\r\n") >= 0 || text[0] == ' ' || text[^1] == ' '
            ? '"' + text.Replace("\"", "\"\"", StringComparison.Ordinal) + '"'
            : text);

    private static void Put(ArrayBufferWriter<byte> line, bool value) => line.Write(value ? "true"u8 : "false"u8);

    private static void Put(ArrayBufferWriter<byte> line, double value)
    {
        // names of the numbers that are none, as Table Schema has them
        if (double.IsFinite(value))
            Put<double>(line, value);
        else
            line.Write(double.IsNaN(value) ? "NaN"u8 : value > 0 ? "INF"u8 : "-INF"u8);
    }

    private static void Put<T>(ArrayBufferWriter<byte> line, T value, string format = "") where T : IUtf8SpanFormattable
    {
        value.TryFormat(line.GetSpan(64), out var written, format, CultureInfo.InvariantCulture);
        line.Advance(written);
    }
}
