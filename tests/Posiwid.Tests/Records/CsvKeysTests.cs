using Posiwid.Records;

namespace Posiwid.Tests.Records;

/// <summary>Keys that repeat in a table from a CSV file, and the lines on which its rows are.</summary>
public sealed class CsvKeysTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    // 999 goals with the ids 1 to 999 from above to below, in passes of 1000, 100 and 7 hashes at once: none is there twice, until 500 comes again
    [Theory]
    [InlineData(1000)]
    [InlineData(100)]
    [InlineData(7)]
    public void Many_passes_find_what_one_finds(int atOnce)
    {
        using var connection = DuckDb.Connect();
        DuckDb.Execute(connection, "CREATE TABLE stated_goal AS SELECT 1000 - i AS goal_id FROM range(1, 1000) AS r(i)", TestContext.Current.CancellationToken);
        var table = new Book().Tables.First(t => t.Name == "stated_goal");
        // the file has a heading and a line for each row: row n is on line n + 1, and 500 is row 500
        File.WriteAllLines(folder["stated_goal.csv"], ["goal_id", .. Enumerable.Range(1, 1000).Select(i => $"{(i == 1000 ? 500 : 1000 - i)}")]);
        CsvKeys.Check(connection, table, ["goal_id"], folder["stated_goal.csv"], atOnce);
        DuckDb.Execute(connection, "INSERT INTO stated_goal VALUES (500)", TestContext.Current.CancellationToken);
        Assert.EndsWith("stated_goal.csv, line 1001, column goal_id: the same as in line 501, where each row of stated_goal needs one of its own.",
            Assert.Throws<BookException>(() => CsvKeys.Check(connection, table, ["goal_id"], folder["stated_goal.csv"], atOnce)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_count_cells_over_several_lines_and_empty_lines()
    {
        File.WriteAllText(folder["x.csv"], "a,b\n1,\"one\n\ntwo\"\n\n2,\"a \"\"quoted\"\" word\"\n3,x\n");
        // lines: 1 heading, 2 to 4 the first row, 5 empty, 6 the second, 7 the third
        Assert.Equal([2, 6, 7], new long[] { 1, 2, 3 }.Select(row => CsvLines.Of(folder["x.csv"], row)));
    }
}
