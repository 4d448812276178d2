using Posiwid.Records;
using Posiwid.Simulation.Experiments;
using Posiwid.Tests.Simulation.Engine;

namespace Posiwid.Tests.Simulation.Experiments;

/// <summary>Runs of the flagship scenario whose books are tested: twelve years, and all of them.</summary>
internal static class BookRuns
{
    public static readonly RunPlan Short = new() { Setting = Iso.Of(Iso.Scenario with { End = Iso.Scenario.Start.AddDays((7 * 640) - 1) }), ScenarioHash = "short" };

    public static readonly RunPlan Full = new() { Setting = Iso.Setting, ScenarioHash = "full" };

    private static readonly Lazy<Book> ShortLazy = new(() => RunBook.Write(Short, 0)), FullLazy = new(() => RunBook.Write(Full, 0));

    public static Book ShortBook => ShortLazy.Value;

    public static Book FullBook => FullLazy.Value;

    /// <summary>Rows of a table by number.</summary>
    public static IEnumerable<int> Rows(this Table table) => Enumerable.Range(0, table.Count);

    /// <summary>Organization of every unit.</summary>
    public static Dictionary<int, int> Owners(this Book book) => book.Units.Rows().ToDictionary(u => book.Units.UnitId[u], u => book.Units.OrganizationId[u]);

    /// <summary>Spells that hold on a day: begun by then and not ended.</summary>
    public static IEnumerable<int> SpellsOn(this Book book, DateOnly day) =>
        book.Memberships.Rows().Where(s => book.Memberships.StartDate[s] <= day && !(book.Memberships.EndDate[s] <= day));

    /// <summary>Values of a measure of everybody, by date.</summary>
    public static Dictionary<DateOnly, double> Series(this Book book, string code, int unit = 0, string group = "") => book.Measures.Rows()
        .Where(m => book.Measures.VariableCode[m] == code && book.Measures.UnitId[m] == unit && book.Measures.GroupCode[m] == group)
        .ToDictionary(m => book.Measures.Date[m], m => book.Measures.Value[m]);
}
