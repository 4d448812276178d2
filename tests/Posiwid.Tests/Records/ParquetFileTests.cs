using Posiwid.Records;

namespace Posiwid.Tests.Records;

public class ParquetFileTests
{
    [Fact]
    public void Every_type_comes_back_and_the_bytes_repeat()
    {
        using var folder = new TemporaryFolder();
        ParquetFile.Write(folder["one.parquet"], Columns(2000));
        ParquetFile.Write(folder["two.parquet"], Columns(2000));
        Assert.Equal(File.ReadAllBytes(folder["one.parquet"]), File.ReadAllBytes(folder["two.parquet"]));
        Assert.Equal(["one.parquet", "two.parquet"], folder.Names);
        using var connection = BookFileTests.Memory();
        Assert.Equal(["run INTEGER", "seed UBIGINT", "alive BOOLEAN", "level TINYINT", "id BIGINT", "value FLOAT", "exact DOUBLE", "day DATE", "fate VARCHAR", "ended INTEGER", "note VARCHAR", "share FLOAT"],
            BookFileTests.Rows(connection, $"SELECT column_name || ' ' || column_type FROM (DESCRIBE SELECT * FROM '{folder["one.parquet"]}')"));
        Assert.Equal(["2000,0,1999"], BookFileTests.Rows(connection, $"SELECT count(*)::INTEGER, min(run), max(run) FROM '{folder["one.parquet"]}'"));
        Assert.Equal(["258,18446744073709551615,true,-128,-9223372036854775808,0.1,0.1,2019-03-31,dissolved,,,"],
            BookFileTests.Rows(connection, $"SELECT run, seed::VARCHAR, alive::VARCHAR, level, id, value::VARCHAR, exact::VARCHAR, day::VARCHAR, fate, ended, note, share FROM '{folder["one.parquet"]}' WHERE run = 258"));
        Assert.Equal(["7,,0.5"], BookFileTests.Rows(connection, $"SELECT ended, note, share::VARCHAR FROM '{folder["one.parquet"]}' WHERE run = 259"));
        Assert.Equal(["true"], BookFileTests.Rows(connection, $"SELECT bool_and(run = file_row_number)::VARCHAR FROM read_parquet('{folder["one.parquet"]}', file_row_number = true)"));
    }

    [Fact]
    public void Columns_of_different_lengths_are_a_mistake()
    {
        using var folder = new TemporaryFolder();
        var (a, b) = (new Column<int>("a"), new Column<int>("b"));
        a.Add(1);
        Assert.Throws<InvalidOperationException>(() => ParquetFile.Write(folder["a.parquet"], a, b));
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void A_type_that_cannot_be_stored_is_a_mistake()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<NotSupportedException>(() => ParquetFile.Write(folder["a.parquet"], new Column<decimal>("a")));
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_named()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["file"], "");
        BookFileTests.AssertSentence("could not be written", () => ParquetFile.Write(Path.Combine(folder["file"], "a.parquet"), new Column<int>("a")));
    }

    private static Column[] Columns(int rows)
    {
        var run = new Column<int>("run");
        var seed = new Column<ulong>("seed");
        var alive = new Column<bool>("alive");
        var level = new Column<sbyte>("level");
        var id = new Column<long>("id");
        var value = new Column<float>("value");
        var exact = new Column<double>("exact");
        var day = new Column<DateOnly>("day");
        var fate = new TextColumn("fate");
        var ended = new OptionalColumn<int>("ended");
        var note = new TextColumn("note", nullable: true);
        var share = new OptionalColumn<float>("share");
        for (var i = 0; i < rows; i++)
        {
            run.Add(i);
            seed.Add(ulong.MaxValue);
            alive.Add(true);
            level.Add(sbyte.MinValue);
            id.Add(long.MinValue);
            value.Add(0.1f);
            exact.Add(0.1);
            day.Add(new DateOnly(2019, 3, 31));
            fate.Add("dissolved");
            ended.Add(i % 2 == 0 ? null : 7);
            note.Add(i % 3 == 0 ? null : "");
            share.Add(i % 2 == 0 ? null : 0.5f);
        }

        return [run, seed, alive, level, id, value, exact, day, fate, ended, note, share];
    }
}
