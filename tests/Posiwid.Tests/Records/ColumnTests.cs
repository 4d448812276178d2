using CsCheck;
using Posiwid.Records;

namespace Posiwid.Tests.Records;

public class ColumnTests
{
    [Fact]
    public void A_column_holds_what_was_added_one_by_one_or_many() =>
        Gen.Int.Array[0, 100].Array[0, 8].Sample(parts =>
        {
            var column = new Column<int>("a");
            foreach (var part in parts)
                if (part.Length % 2 == 0)
                    column.AddRange(part);
                else
                    foreach (var value in part)
                        column.Add(value);
            Assert.Equal(parts.SelectMany(p => p), column.Values.ToArray());
            Assert.Equal(column.Values.Length, column.Count);
        }, iter: 200);

    [Fact]
    public void A_book_knows_one_zero()
    {
        var single = new Column<float>("a");
        var many = new Column<double>("b");
        var optional = new OptionalColumn<double>("c");
        single.Add(-0f);
        many.AddRange([-0.0, -1]);
        optional.Add(-0.0);
        Assert.False(float.IsNegative(single[0]));
        Assert.False(double.IsNegative(many[0]));
        Assert.Equal(-1, many[1]);
        Assert.False(double.IsNegative(optional[0]!.Value));
    }

    [Fact]
    public void An_optional_column_tells_missing_from_zero() =>
        Gen.Int[-2, 2].Array[0, 100].Sample(values =>
        {
            var column = new OptionalColumn<int>("a");
            foreach (var value in values)
                column.Add(value == -2 ? null : value);
            for (var i = 0; i < values.Length; i++)
            {
                Assert.Equal(values[i] == -2 ? null : values[i], column[i]);
                Assert.Equal(values[i] == -2, column.IsNull(i));
                Assert.Equal(values[i] != -2, column.Known[i]);
                Assert.Equal(values[i] == -2 ? 0 : values[i], column.Values[i]);
            }
        }, iter: 200);

    [Fact]
    public void A_text_column_keeps_each_text_once_in_order_of_coming() =>
        Gen.Int[0, 5].Array[0, 100].Sample(numbers =>
        {
            var texts = numbers.Select(n => n == 0 ? null : new string('x', n - 1)).ToArray();
            var column = new TextColumn("a", nullable: true);
            foreach (var text in texts)
                column.Add(text);
            Assert.Equal(texts, Enumerable.Range(0, texts.Length).Select(i => column[i]));
            Assert.Equal(texts.OfType<string>().Distinct(), column.Texts);
            for (var i = 0; i < texts.Length; i++)
                Assert.Equal(texts[i] is null ? -1 : column.CodeOf(texts[i]!), column.Codes[i]);
            Assert.Equal(-1, column.CodeOf("never added"));
        }, iter: 200);

    [Fact]
    public void A_text_column_that_needs_a_text_takes_no_missing_one()
    {
        var column = new TextColumn("label");
        Assert.Throws<ArgumentNullException>(() => column.Add(null));
        column.Add("");
        Assert.False(column.IsNull(0));
    }

    [Fact]
    public void Reading_past_the_end_is_a_mistake()
    {
        var (a, b, c) = (new Column<int>("a"), new OptionalColumn<int>("b"), new TextColumn("c"));
        a.Add(1);
        b.Add(1);
        c.Add("");
        Assert.Throws<IndexOutOfRangeException>(() => a[1]);
        Assert.Throws<IndexOutOfRangeException>(() => b[1]);
        Assert.Throws<IndexOutOfRangeException>(() => c[1]);
    }

    [Fact]
    public void Adding_a_row_costs_no_objects()
    {
        var activities = new Book().Activities;
        var day = new DateOnly(2000, 1, 1);
        void Add(int rows)
        {
            for (var i = 0; i < rows; i++)
                activities.Add(i, day, i, "meeting", i, i, "logged", null);
        }

        Add(1025); // the next doubling comes at 2048
        var before = GC.GetAllocatedBytesForCurrentThread();
        Add(1000);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
