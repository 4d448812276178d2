using System.Globalization;
using System.Reflection;
using Posiwid.Purpose;
using Posiwid.Records;
using Posiwid.Simulation.Engine;

namespace Posiwid.Simulation.Experiments;

/// <summary>
/// The whole book of one run. The run is simulated again with everything written down; it ends in the same state as it did without.
/// </summary>
public static class RunBook
{
    /// <summary>Hours are booked to this many decimals; what rounds to nothing is left out.</summary>
    public const int HourDecimals = 2;

    /// <summary>Currency of all payments; dollars of the scenario's price year.</summary>
    public const string Currency = "USD";

    /// <summary>Writes the book of a run.</summary>
    /// <param name="plan">The plan that the run belongs to.</param>
    /// <param name="run">Number of the run, from 0.</param>
    /// <param name="ends">The ends and their coding; those that come with the program if left out.</param>
    public static Book Write(RunPlan plan, int run, Ends? ends = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var book = new Book();
        var recorder = new BookRecorder(plan.Setting, book);
        var log = new IntentLog();
        var result = Ensemble.One(plan, run, new Intents(log), recorder)!;
        recorder.Finish();
        WriteMeta(book, plan, result, recorder.LastWeek);
        WriteEnds(book, ends ?? DefaultEnds());
        WriteGoals(book, plan.Setting);
        WriteMeasures(book, plan.Setting, result);
        WriteShocks(book, plan.Setting, result, recorder.LastWeek);
        BookIntents.Write(book, log, plan.Setting, recorder.FirstUnits);
        return book;
    }

    private static Ends DefaultEnds() =>
        Ends.Read(Path.Combine(AppContext.BaseDirectory, "data", "ends.csv"), Path.Combine(AppContext.BaseDirectory, "data", "kind_end.csv"));

    private static void WriteMeta(Book book, RunPlan plan, RunResult result, int lastWeek)
    {
        var scenario = plan.Setting.Scenario;
        void Note(string key, object value) => book.Meta.Add(key, Convert.ToString(value, CultureInfo.InvariantCulture)!);
        void NoteDay(string key, DateOnly day) => Note(key, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Note("source", "simulated");
        Note("scenario", scenario.Name);
        Note("title", scenario.Title);
        Note("scenario_hash", plan.ScenarioHash);
        Note("seed", result.Seed);
        Note("run", result.Run);
        Note("state_hash", result.StateHash.ToString("x16", CultureInfo.InvariantCulture));
        Note("version", typeof(RunBook).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "");
        NoteDay("period_start", scenario.Start);
        NoteDay("period_end", plan.Setting.Calendar.Date(lastWeek).AddDays(6));
        Note("currency", Currency);
        Note("price_year", scenario.PriceYear);
        Note("organization_id", plan.Setting.Flagship + 1);
        Note("hours_rounded_to", Math.Pow(10, -HourDecimals));
        foreach (var (name, milieu) in scenario.Milieus.Where(m => m.Value.Weight != 1))
            Note($"people_per_person.{name}", milieu.Weight);
        if (plan.Posterior is { } posterior)
        {
            Note("posterior", posterior.File);
            foreach (var (name, value) in posterior.Names.Zip(posterior.Draws[posterior.DrawOf(result.Seed)]))
                Note($"drawn.{name}", value);
        }

        foreach (var (mechanism, values) in plan.Changes.Mechanisms)
        {
            foreach (var (name, value) in values)
                Note($"set.{mechanism}.{name}", value);
        }

        for (var i = 0; i < plan.Changes.Overrides.Count; i++)
            Note($"override.{i + 1}", string.Create(CultureInfo.InvariantCulture, $"{plan.Changes.Overrides[i].Set}={plan.Changes.Overrides[i].To}@{plan.Changes.Overrides[i].From:yyyy-MM-dd}"));
    }

    private static void WriteEnds(Book book, Ends ends)
    {
        foreach (var end in ends.All)
            book.Ends.Add(end.Code, end.Label, end.Family, null);
        foreach (var row in ends.Kinds.SelectMany(ends.Of))
            book.KindEnds.Add(row.Kind, row.End, "posiwid", row.Weight, row.Low, row.High);
    }

    /// <summary>What the flagship says that it is for.</summary>
    private static void WriteGoals(Book book, Setting setting)
    {
        var spec = setting.Organizations[setting.Flagship];
        var from = spec.Founded is { } founded && founded > setting.Scenario.Start ? founded : setting.Scenario.Start;
        var goal = 0;
        foreach (var (end, weight) in spec.StatedAims.OrderByDescending(a => a.Value))
            book.StatedGoals.Add(++goal, end, goal, weight, spec.StatedIn, from, null);
    }

    /// <summary>
    /// The measures of the catalog. Unit 0 is the flagship; those of another organization stand at its center without its name in front.
    /// What is known of members of marginalized groups is split by group too.
    /// </summary>
    private static void WriteMeasures(Book book, Setting setting, RunResult result)
    {
        var weeks = MeasureRecorder.SampleWeeks(setting);
        var measures = MeasureCatalog.Of(setting.Scenario);
        var row = measures.Select((m, i) => (m.Id, i)).ToDictionary(m => m.Id, m => result.Values[m.i]);
        void Add(string code, int unit, string group, Func<int, double> value)
        {
            for (var s = 0; s < weeks.Count; s++)
            {
                if (!double.IsNaN(value(s)))
                    book.Measures.Add(code, unit, group, setting.Calendar.Date(weeks[s]), value(s));
            }
        }

        foreach (var (id, values) in row)
        {
            var (code, unit) = Home(setting, id);
            Add(code, unit, "", s => values[s]);
        }

        foreach (var flow in (string[])["exits", "bullied"])
        {
            Add(flow, 0, "marginalized", s => row[$"{flow}.marginalized"][s]);
            Add(flow, 0, "other", s => row[flow][s] - row[$"{flow}.marginalized"][s]);
        }

        Add("members", 0, "marginalized", s => row["members"][s] * row["marginalized_share"][s]);
        Add("members", 0, "other", s => row["members"][s] * (1 - row["marginalized_share"][s]));
    }

    private static (string Code, int Unit) Home(Setting setting, string id)
    {
        for (var o = 0; o < setting.OrganizationNames.Length; o++)
        {
            if (o != setting.Flagship && id.StartsWith(setting.OrganizationNames[o] + ".", StringComparison.Ordinal))
                return (id[(setting.OrganizationNames[o].Length + 1)..], o + 1);
        }

        return (id, 0);
    }

    /// <summary>What came from outside: movement moments that have a date, and how the climate of struggle and unemployment changed in a year (a yearly figure belongs to July).</summary>
    private static void WriteShocks(Book book, Setting setting, RunResult result, int lastWeek)
    {
        var shocks = 0;
        foreach (var moment in result.Events.Where(e => e.Kind == EventKinds.Moment))
            book.Shocks.Add(++shocks, setting.Calendar.Date(moment.Week), "climate.moment", moment.Value, true, false, moment.Note);
        var climate = setting.Scenario.Climate;
        foreach (var (code, series, file) in ((string, float[], string)[])[("climate.struggle", setting.Climate.Struggle, climate.Stoppages.File), ("climate.unemployment", setting.Climate.Unemployment, climate.Unemployment.File)])
        {
            for (var week = 52; week <= lastWeek; week++)
            {
                var size = series[week] - series[week - 52];
                if (setting.Calendar.Begins(week, 7) && size != 0)
                    book.Shocks.Add(++shocks, setting.Calendar.Date(week), code, size, true, false, file);
            }
        }
    }
}
