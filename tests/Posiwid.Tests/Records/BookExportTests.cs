using System.Text.Json;
using CsCheck;
using Posiwid.Records;

namespace Posiwid.Tests.Records;

public class BookExportTests
{
    [Theory]
    [InlineData("csv")]
    [InlineData("parquet")]
    public void The_same_book_gives_the_same_bytes(string format)
    {
        using var folder = new TemporaryFolder();
        Export(format, RandomBook.Make(7), folder["one"]);
        Export(format, RandomBook.Make(7), folder["two"]);
        var names = Names(folder["one"]);
        Assert.Equal(names, Names(folder["two"]));
        Assert.Equal(new Book().Tables.Count + 1, names.Length);
        foreach (var name in names)
            Assert.Equal(File.ReadAllBytes(Path.Combine(folder["one"], name)), File.ReadAllBytes(Path.Combine(folder["two"], name)));
        Assert.Equal(["one", "two"], folder.Names);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("parquet")]
    public void What_is_written_is_what_the_book_holds(string format)
    {
        using var folder = new TemporaryFolder();
        Gen.Int[0, 1000].Sample(seed =>
        {
            var book = RandomBook.Make(seed);
            Export(format, book, folder["out"]);
            BookFile.Save(book, folder["book.duckdb"]);
            using var connection = BookFileTests.Memory();
            BookFileTests.Execute(connection, $"ATTACH '{folder["book.duckdb"]}' AS book (READ_ONLY)");
            foreach (var table in book.Tables)
            {
                var columns = string.Join(", ", table.Columns.Select(c => $"'{c.Name}': '{SqlName(c.Type)}'"));
                var file = Path.Combine(folder["out"], $"{table.Name}.{format}");
                var read = format == "csv"
                    ? $"read_csv('{file}', header = true, delim = ',', quote = '\"', escape = '\"', columns = {{{columns}}}, allow_quoted_nulls = false, strict_mode = true)"
                    : $"read_parquet('{file}')";
                Assert.Equal(
                    BookFileTests.Rows(connection, $"SELECT * FROM book.\"{table.Name}\""),
                    BookFileTests.Rows(connection, $"SELECT * FROM {read}"));
            }
        }, iter: 3, threads: 1);
    }

    [Fact]
    public void Csv_looks_as_it_should()
    {
        using var folder = new TemporaryFolder();
        var book = BookFileTests.Small();
        book.Organizations.Add(2, "Say \"no\",\nthen go");
        book.Measures.Add("size", 0, "", new DateOnly(1977, 3, 12), 0.1);
        book.Measures.Add("size", 1, "women", new DateOnly(1977, 3, 12), 1e21);
        book.Measures.Add("size", 1, "men", new DateOnly(1977, 3, 12), double.NegativeInfinity);
        Handed.ToCsv(book, folder["csv"]);
        string Text(string table) => File.ReadAllText(Path.Combine(folder["csv"], table + ".csv"));
        Assert.Equal("activity_id,date,unit_id,kind_code,headcount,hours_total,hours_source,alternative_id\n" +
            "258,2019-03-31,1,meeting,300,2.5,logged,\n259,2019-04-01,,\"\",0,,proxy,\n", Text("activity"));
        Assert.Equal("organization_id,label\n1,ISO\n2,\"Say \"\"no\"\",\nthen go\"\n", Text("organization"));
        Assert.Equal("variable_code,unit_id,group_code,date,value\nsize,0,\"\",1977-03-12,0.1\nsize,1,women,1977-03-12,1E+21\nsize,1,men,1977-03-12,-INF\n", Text("measure"));
        Assert.Equal("office_id,unit_id,level,seats,paid\n", Text("office"));
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("parquet")]
    public void The_data_package_describes_the_files(string format)
    {
        using var folder = new TemporaryFolder();
        var book = RandomBook.Make(11);
        Export(format, book, folder["out"]);
        using var package = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder["out"], "datapackage.json")));
        Assert.Equal(format == "csv" ? "tabular-data-package" : "data-package", package.RootElement.GetProperty("profile").GetString());
        var resources = package.RootElement.GetProperty("resources").EnumerateArray().ToDictionary(r => r.GetProperty("name").GetString()!);
        Assert.Equal(book.Tables.Select(t => t.Name), resources.Keys);
        Assert.Equal(Names(folder["out"]).Where(n => n != "datapackage.json"), resources.Values.Select(r => r.GetProperty("path").GetString()!).Order(StringComparer.Ordinal));
        using var connection = BookFileTests.Memory();
        foreach (var (name, resource) in resources)
        {
            var file = Path.Combine(folder["out"], resource.GetProperty("path").GetString()!);
            Assert.Equal(new FileInfo(file).Length, resource.GetProperty("bytes").GetInt64());
            Assert.Equal("sha256:" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file))), resource.GetProperty("hash").GetString());

            // the types of the columns, as DuckDB finds them in the files
            var schema = resource.GetProperty("schema");
            var fields = schema.GetProperty("fields").EnumerateArray().Select(f => (Name: f.GetProperty("name").GetString()!, Type: f.GetProperty("type").GetString()!)).ToArray();
            if (format == "parquet")
                Assert.Equal(BookFileTests.Rows(connection, $"SELECT column_name || ' ' || column_type FROM (DESCRIBE SELECT * FROM read_parquet('{file}'))"),
                    book.Tables.Single(t => t.Name == name).Columns.Select(c => $"{c.Name} {SqlName(c.Type)}"));
            else
                Assert.Equal(File.ReadLines(file).First().Split(','), fields.Select(f => f.Name));
            foreach (var (field, column) in fields.Zip(book.Tables.Single(t => t.Name == name).Columns))
                Assert.Equal((column.Name, FieldType(column.Type)), field);

            // keys name fields that are there
            var names = fields.Select(f => f.Name).ToHashSet();
            if (schema.TryGetProperty("primaryKey", out var key))
                Assert.All(key.EnumerateArray(), k => Assert.Contains(k.GetString()!, names));
            else
                Assert.Equal("activity_person", name);
            if (schema.TryGetProperty("foreignKeys", out var foreign))
                foreach (var reference in foreign.EnumerateArray())
                {
                    Assert.Contains(reference.GetProperty("fields").GetString()!, names);
                    var target = reference.GetProperty("reference").GetProperty("resource").GetString()!;
                    var targetKey = resources[target.Length == 0 ? name : target].GetProperty("schema").GetProperty("primaryKey");
                    Assert.Equal([reference.GetProperty("reference").GetProperty("fields").GetString()!], targetKey.EnumerateArray().Select(k => k.GetString()!));
                }
        }

        Assert.Equal("[\"variable_code\",\"unit_id\",\"group_code\",\"date\"]",
            JsonSerializer.Serialize(resources["measure"].GetProperty("schema").GetProperty("primaryKey")));
        Assert.Equal("{\"fields\":\"parent_unit_id\",\"reference\":{\"resource\":\"\",\"fields\":\"unit_id\"}}",
            JsonSerializer.Serialize(resources["unit"].GetProperty("schema").GetProperty("foreignKeys")[1]));
    }

    [Fact]
    public void An_earlier_export_is_replaced_as_a_whole()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["out"]);
        Handed.ToParquet(new Book(), folder["out"]);
        Handed.ToCsv(BookFileTests.Small(), folder["out"] + Path.DirectorySeparatorChar);
        Assert.DoesNotContain(Names(folder["out"]), n => n.EndsWith(".parquet", StringComparison.Ordinal));
        Assert.Contains("activity.csv", Names(folder["out"]));
        Assert.Equal(["out"], folder.Names);
    }

    [Fact]
    public void A_folder_with_something_else_is_left_alone()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["mine"]);
        File.WriteAllText(Path.Combine(folder["mine"], "thesis.docx"), "");
        BookFileTests.AssertSentence("holds something else (thesis.docx)", () => Handed.ToCsv(new Book(), folder["mine"]));
        File.WriteAllText(folder["file"], "");
        BookFileTests.AssertSentence("is a file, not a folder", () => Handed.ToCsv(new Book(), folder["file"]));
        BookFileTests.AssertSentence("could not be written", () => Handed.ToCsv(new Book(), Path.Combine(folder["file"], "out")));
        Assert.Equal(["thesis.docx"], Names(folder["mine"]));
        // a table by the name of one of a book's, but no export
        File.Move(folder["mine/thesis.docx"], folder["mine/payment.csv"]);
        BookFileTests.AssertSentence("holds something else (payment.csv)", () => Handed.ToCsv(new Book(), folder["mine"]));
        Assert.Equal(["payment.csv"], Names(folder["mine"]));
        Assert.Equal(["file", "mine"], folder.Names);
    }

    private static void Export(string format, Book book, string folder)
    {
        if (format == "csv")
            Handed.ToCsv(book, folder);
        else
            Handed.ToParquet(book, folder);
    }

    private static string[] Names(string folder) => [.. Directory.EnumerateFileSystemEntries(folder).Select(p => Path.GetFileName(p)!).Order(StringComparer.Ordinal)];

    private static string SqlName(Type type) =>
        type == typeof(string) ? "VARCHAR" : type == typeof(int) ? "INTEGER" : type == typeof(long) ? "BIGINT" : type == typeof(sbyte) ? "TINYINT" :
        type == typeof(double) ? "DOUBLE" : type == typeof(bool) ? "BOOLEAN" : type == typeof(DateOnly) ? "DATE" : type.Name;

    private static string FieldType(Type type) => SqlName(type) switch
    {
        "VARCHAR" => "string",
        "DOUBLE" => "number",
        "BOOLEAN" => "boolean",
        "DATE" => "date",
        _ => "integer",
    };
}
