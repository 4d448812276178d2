using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Posiwid.Records;

/// <summary>
/// Hands a book to other programs: a folder with one file a table and a <c>datapackage.json</c> (Frictionless) that says
/// what is in them. Rows are passed on some at a time. The same book gives the same bytes. A folder that holds an earlier export is replaced as a whole.
/// </summary>
public static class BookExport
{
    private const string Package = "datapackage.json";

    /// <summary>Writes the tables as CSV.</summary>
    /// <param name="book">The book.</param>
    /// <param name="folder">Where to: a new folder, an empty one or one with an earlier export.</param>
    /// <exception cref="BookException">The folder holds something else or cannot be written.</exception>
    public static void ToCsv(BookPages book, string folder) => Write(book, folder, Csv);

    /// <summary>Writes the tables as Parquet.</summary>
    /// <param name="book">The book.</param>
    /// <param name="folder">Where to: a new folder, an empty one or one with an earlier export.</param>
    /// <exception cref="BookException">The folder holds something else or cannot be written.</exception>
    public static void ToParquet(BookPages book, string folder) => Write(book, folder, Parquet);

    /// <summary>A form that tables are written in.</summary>
    private sealed record Format(string Extension, string PackageProfile, string MediaType, Action<BookPages, Table, string> WriteTable);

    private static readonly Format Csv = new("csv", "tabular-data-package", "text/csv", (book, table, path) => CsvFile.Write(path, table.Columns, book.Pages(table)));

    // a tabular data package may hold nothing but CSV; the schema of a table is written the same way in a plain one
    private static readonly Format Parquet = new("parquet", "data-package", "application/vnd.apache.parquet", (book, table, path) => book.ToParquet(table, path));

    private static void Write(BookPages book, string folder, Format format)
    {
        ArgumentNullException.ThrowIfNull(book);
        var names = book.Tables.SelectMany(t => (string[])[t.Name + ".csv", t.Name + ".parquet"]).Append(Package).ToHashSet();
        // an export has a package; tables without one are somebody's own
        var isExport = File.Exists(Path.Combine(folder, Package));
        try
        {
            Aside.WriteFolder(folder, name => isExport && names.Contains(name), aside =>
            {
                foreach (var table in book.Tables)
                    format.WriteTable(book, table, Path.Combine(aside, $"{table.Name}.{format.Extension}"));
                WritePackage(book, aside, format);
            });
        }
        catch (Exception error) when (BookFile.IsExpected(error))
        {
            throw BookException.Because(folder, "written", error);
        }
    }

    private static void WritePackage(BookPages book, string folder, Format format)
    {
        var keys = BookFile.PrimaryKeys();
        using var file = File.Create(Path.Combine(folder, Package));
        using var json = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("profile", format.PackageProfile);
        json.WriteString("name", "posiwid-book");
        json.WriteString("title", "Record book of an organization");
        json.WriteString("version", $"{Book.SchemaVersion}");
        json.WriteStartArray("resources");
        foreach (var table in book.Tables)
        {
            var path = $"{table.Name}.{format.Extension}";
            json.WriteStartObject();
            json.WriteString("name", table.Name);
            json.WriteString("path", path);
            json.WriteString("format", format.Extension);
            json.WriteString("mediatype", format.MediaType);
            if (format == Csv)
                WriteCsvDialect(json);
            using (var written = File.OpenRead(Path.Combine(folder, path)))
            {
                json.WriteNumber("bytes", written.Length);
                json.WriteString("hash", "sha256:" + Convert.ToHexStringLower(SHA256.HashData(written)));
            }

            WriteSchema(json, table, keys.GetValueOrDefault(table.Name, []), book);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        file.Write("\n"u8);
    }

    private static void WriteCsvDialect(Utf8JsonWriter json)
    {
        json.WriteString("profile", "tabular-data-resource");
        json.WriteString("encoding", "utf-8");
        json.WriteStartObject("dialect");
        json.WriteString("lineTerminator", "\n");
        json.WriteEndObject();
    }

    private static void WriteSchema(Utf8JsonWriter json, Table table, IReadOnlyList<string> key, BookPages book)
    {
        json.WriteStartObject("schema");
        json.WriteStartArray("fields");
        foreach (var column in table.Columns)
        {
            json.WriteStartObject();
            json.WriteString("name", column.Name);
            json.WriteString("type", FieldType(column.Type));
            if (!column.Nullable)
            {
                json.WriteStartObject("constraints");
                json.WriteBoolean("required", true);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();

        // where every value must be there, an empty text is a value (group_code '' is everybody)
        json.WriteStartArray("missingValues");
        if (table.Columns.Any(c => c.Nullable))
            json.WriteStringValue("");
        json.WriteEndArray();
        if (key.Count > 0)
        {
            json.WriteStartArray("primaryKey");
            foreach (var name in key)
                json.WriteStringValue(name);
            json.WriteEndArray();
        }

        // a column in which 0 stands for the organization as a whole is no foreign key to this standard
        var references = table.Columns.Where(c => c.RefersTo is not null && !c.ZeroIsWhole).ToArray();
        if (references.Length > 0)
        {
            json.WriteStartArray("foreignKeys");
            foreach (var column in references)
                WriteForeignKey(json, table, column, book.Tables.First(t => t.Name == column.RefersTo));
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteForeignKey(Utf8JsonWriter json, Table table, Column column, Table target)
    {
        json.WriteStartObject();
        json.WriteString("fields", column.Name);
        json.WriteStartObject("reference");
        json.WriteString("resource", target == table ? "" : target.Name);
        json.WriteString("fields", target.Columns[0].Name);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string FieldType(Type type) =>
        type == typeof(string) ? "string" :
        type == typeof(bool) ? "boolean" :
        type == typeof(DateOnly) ? "date" :
        type == typeof(float) || type == typeof(double) ? "number" : "integer";
}
