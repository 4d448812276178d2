using Posiwid.Records.Import;

namespace Posiwid.Tests.Records.Import;

public class CellsTests
{
    [Theory]
    [InlineData("2024-03-31", DateOrder.Plain, "2024-03-31", "day")]
    [InlineData("2024-03-31T10:00:00Z", DateOrder.Plain, "2024-03-31", "day")]
    [InlineData("2024-03-31 23:59:59", DateOrder.DayFirst, "2024-03-31", "day")]
    [InlineData("20240331", DateOrder.Plain, "2024-03-31", "day")]
    [InlineData("31.3.2024", DateOrder.Plain, "2024-03-31", "day")]
    [InlineData("3/31/24", DateOrder.Plain, "2024-03-31", "day")]
    [InlineData("4/5/2024", DateOrder.DayFirst, "2024-05-04", "day")]
    [InlineData("4/5/2024", DateOrder.MonthFirst, "2024-04-05", "day")]
    [InlineData("5/5/2024", DateOrder.Plain, "2024-05-05", "day")]
    [InlineData("1 May 1979", DateOrder.Plain, "1979-05-01", "day")]
    [InlineData("Mar 3, 1977", DateOrder.Plain, "1977-03-03", "day")]
    [InlineData("2024-03", DateOrder.Plain, "2024-03-01", "month")]
    [InlineData("2024", DateOrder.Plain, "2024-01-01", "year")]
    public void Dates_are_read_as_people_write_them(string text, DateOrder order, string day, string precision) =>
        Assert.Equal((DateOnly.Parse(day), precision), Cells.Date(text, order));

    [Theory]
    [InlineData("4/5/2024", DateOrder.Plain)] // could be two
    [InlineData("31/02/2023", DateOrder.DayFirst)]
    [InlineData("31/03/2023", DateOrder.MonthFirst)]
    [InlineData("2023-02-30", DateOrder.Plain)]
    [InlineData("2023-13-01", DateOrder.Plain)]
    [InlineData("yesterday", DateOrder.Plain)]
    [InlineData("0202-01-01", DateOrder.Plain)]
    [InlineData("12/2023", DateOrder.Plain)]
    public void What_is_no_date_or_could_be_two_is_not_read(string text, DateOrder order) => Assert.Null(Cells.Date(text, order));

    [Theory]
    [InlineData("1,234.5", DecimalMark.Point, 1234.5)]
    [InlineData("1.234,5", DecimalMark.Comma, 1234.5)]
    [InlineData("1,5", DecimalMark.Comma, 1.5)]
    [InlineData("$1,000", DecimalMark.Point, 1000)]
    [InlineData("(12.50)", DecimalMark.Point, -12.5)]
    [InlineData("1 000", DecimalMark.Point, 1000)]
    public void Numbers_are_read_as_people_write_them(string text, DecimalMark mark, double value) => Assert.Equal(value, Cells.Number(text, mark));

    [Theory]
    [InlineData("1,5", DecimalMark.Point)] // 1.5, or 15 with a comma that slipped
    [InlineData("1,23,456", DecimalMark.Point)]
    [InlineData("2h30", DecimalMark.Point)]
    [InlineData("NaN", DecimalMark.Point)]
    [InlineData("", DecimalMark.Point)]
    public void What_is_no_number_is_not_read(string text, DecimalMark mark) => Assert.Null(Cells.Number(text, mark));

    [Theory]
    [InlineData("2:30", 2.5)]
    [InlineData("1.5h", 1.5)]
    [InlineData("0:45:00", 0.75)]
    public void Hours_may_be_written_as_on_a_clock(string text, double hours) => Assert.Equal(hours, Cells.Hours(text, DecimalMark.Point));

    [Theory]
    [InlineData("Picket line", "picket_line")]
    [InlineData(" Admin/Finance ", "admin_finance")]
    [InlineData("jane@example.org", null)]
    [InlineData("Spoke with Jane about her landlord again", null)]
    [InlineData("555-123-4567", null)]
    [InlineData("!!!", null)]
    public void Codes_are_words_and_no_sentences_or_addresses(string text, string? code) => Assert.Equal(code, Cells.Code(text));
}
