using System.Text.Json;
using System.Text.Json.Nodes;
using Posiwid.App.Story;

namespace Posiwid.App.Report;

/// <summary>A named row of values in a chart; NaN is a gap.</summary>
/// <param name="Name">Name in the legend.</param>
/// <param name="Values">A value for every place on the axis.</param>
public sealed record Series(string Name, IReadOnlyList<double> Values)
{
    /// <summary>Width of its line; a wide one shows beneath another that runs along it.</summary>
    public double Width { get; init; } = 2;

    /// <summary>True for a dashed line.</summary>
    public bool Dashed { get; init; }
}

/// <summary>A published figure: a bar from low to high at a time.</summary>
/// <param name="Year">Time, in years.</param>
/// <param name="Low">Lowest figure.</param>
/// <param name="High">Highest figure.</param>
/// <param name="Label">What it is.</param>
public sealed record PublishedMark(double Year, double Low, double High, string Label);

/// <summary>Things that happened, on one line of a timeline.</summary>
/// <param name="Name">Name of the line.</param>
/// <param name="Points">Time in years, how many, and in words.</param>
public sealed record Lane(string Name, IReadOnlyList<(double Year, int Count, string Label)> Points);

/// <summary>An end with what is said of it and what is done for it.</summary>
/// <param name="Name">The end.</param>
/// <param name="Said">Weight among the stated aims; NaN if it is not stated.</param>
/// <param name="AtFirst">Share of hours at first.</param>
/// <param name="Settled">Share of hours later.</param>
/// <param name="AtLeast">The later share at the lower bounds of the coding.</param>
/// <param name="AtMost">The later share at the upper bounds of the coding.</param>
public sealed record SaidAndDone(string Name, double Said, double AtFirst, double Settled, double AtLeast, double AtMost);

/// <summary>A chart: options for Apache ECharts, and its legend (name and color) to be set as text.</summary>
/// <param name="Option">The options. Colors are names of style variables; report.js resolves them and the drawing functions <c>band</c>, <c>whisker</c> and <c>reach</c>.</param>
/// <param name="Legend">Names and colors.</param>
public sealed record Drawing(JsonNode Option, IReadOnlyList<(string Name, string Color)> Legend);

/// <summary>
/// The one vocabulary of charts: fan, lines, stack, said-and-done, lanes. Time runs in years with decimals, so that a chart means the same in any time zone.
/// </summary>
public static class Charts
{
    private const string Main = "var(--c0)";
    private const string Ink = "var(--ink)";
    private const string Soft = "var(--soft)";
    private const string Rule = "var(--rule)";
    private const int Palette = 11;
    private static readonly int[] LowAndHigh = [1, 2];
    private static readonly int[] FromAndTo = [0, 1];

    /// <summary>A day as a number of years.</summary>
    public static double Year(DateOnly day) => Math.Round(day.Year + ((day.DayOfYear - 1) / (DateTime.IsLeapYear(day.Year) ? 366.0 : 365.0)), 3);

    /// <summary>A number that differs between runs: median, 50% and 90% of the runs, some single runs, and published figures.</summary>
    public static Drawing Fan(IReadOnlyList<double> years, IReadOnlyList<Spread> spreads, IReadOnlyList<IReadOnlyList<double>> singles, IReadOnlyList<PublishedMark> published, string unit)
    {
        var series = new List<object>
        {
            Band("90% of the runs", years, spreads.Select(s => (s.Low, s.High)), .16),
            Band("half of the runs", years, spreads.Select(s => (s.LowerQuarter, s.UpperQuarter)), .26),
        };
        series.AddRange(singles.Select(run => Line("single runs", Soft, years, run, .7, opacity: .55, silent: true)));
        series.Add(Line("median", Main, years, [.. spreads.Select(s => s.Median)], 2.2));
        List<(string, string)> legend = [("median", Main), ("half of the runs", "var(--c0-half)"), ("90% of the runs", "var(--c0-most)")];
        if (singles.Count > 0)
            legend.Add(("single runs", Soft));
        if (published.Count > 0)
        {
            series.Add(new
            {
                type = "custom",
                name = "published",
                renderItem = "whisker",
                color = Ink,
                z = 9,
                encode = new { x = 0, y = LowAndHigh },
                data = published.Select(p => new { value = new[] { p.Year, Figure(p.Low), Figure(p.High) }, name = p.Label }),
            });
            legend.Add(("published", Ink));
        }
        // a share never goes beyond 100%, so neither does its axis
        var most = spreads.Select(s => s.High).Where(double.IsFinite).DefaultIfEmpty(0).Max();
        return Make(TimeAxis(years), ValueAxis(unit, unit == "percent" && most is > .8 and <= 1 ? 1 : null), series, legend);
    }

    /// <summary>One line for each series.</summary>
    /// <param name="years">Places on the axis: years, or numbers in the unit <paramref name="across"/>.</param>
    /// <param name="lines">The lines.</param>
    /// <param name="unit">Unit upward.</param>
    /// <param name="across">Unit across; null for years.</param>
    public static Drawing Lines(IReadOnlyList<double> years, IReadOnlyList<Series> lines, string unit, string? across = null) => Make(
        across is null ? TimeAxis(years) : NumberAxis(years, across), ValueAxis(unit), [.. lines.Select((l, i) => Line(l.Name, Color(i), years, l.Values, l.Width, dashed: l.Dashed))], [.. lines.Select((l, i) => (l.Name, Color(i)))]);

    /// <summary>A difference with the band of its interval.</summary>
    /// <param name="years">Places on the axis.</param>
    /// <param name="values">The difference and the ends of its interval; NaN for a gap.</param>
    /// <param name="unit">Unit upward.</param>
    public static Drawing Difference(IReadOnlyList<double> years, IReadOnlyList<(double Value, double Low, double High)> values, string unit) => Make(
        TimeAxis(years), ValueAxis(unit),
        [Band("95% interval", years, values.Select(v => (v.Low, v.High)), .26), Line("difference", Main, years, [.. values.Select(v => v.Value)], 2.2)],
        [("difference", Main), ("95% interval", "var(--c0-half)")]);

    /// <summary>Series on top of each other.</summary>
    public static Drawing Stack(IReadOnlyList<double> years, IReadOnlyList<Series> layers, string unit, double? top = null) => Make(
        TimeAxis(years), ValueAxis(unit, top),
        [.. layers.Select((l, i) => (object)new
        {
            type = "line", name = l.Name, stack = "all", symbol = "none", color = Color(i), lineStyle = new { width = .6 },
            areaStyle = new { opacity = .82 }, data = Points(years, l.Values),
        })],
        [.. layers.Select((l, i) => (l.Name, Color(i)))]);

    /// <summary>For every end: what is said (circle), the hours at first (diamond) and later (bar), and how far the bar depends on the coding (line).</summary>
    public static Drawing SaidDone(IReadOnlyList<SaidAndDone> ends, string atFirst, string later)
    {
        var rows = ends.Reverse().ToList();
        string[] names = ["what it says it is for", atFirst, later, "by how activities are coded"];
        var series = new object[]
        {
            new { type = "bar", name = names[2], color = Main, barWidth = "46%", data = rows.Select(r => Figure(r.Settled)) },
            new { type = "custom", name = names[3], renderItem = "reach", color = Ink, z = 5, encode = new { x = FromAndTo, y = 2 }, data = rows.Select((r, i) => new[] { Figure(r.AtLeast), Figure(r.AtMost), i }) },
            new { type = "scatter", name = names[1], symbol = "diamond", symbolSize = 13, itemStyle = new { color = "var(--c2)", opacity = 1 }, z = 6, data = rows.Select((r, i) => new[] { Figure(r.AtFirst), i }) },
            new { type = "scatter", name = names[0], symbol = "circle", symbolSize = 12, z = 7, itemStyle = new { color = "var(--paper)", borderColor = "var(--c1)", borderWidth = 3, opacity = 1 }, data = rows.Select((r, i) => new[] { Figure(r.Said), i }) },
        };
        var x = new { type = "value", min = 0, axisLabel = Label("percent"), splitLine = Split() };
        var y = new { type = "category", data = rows.Select(r => r.Name), axisTick = new { show = false }, axisLine = AxisLine(), axisLabel = new { color = Ink, width = 118, overflow = "break", lineHeight = 14 } };
        // what no end has is left out, in the chart and in its legend
        bool[] known = [rows.Any(r => double.IsFinite(r.Settled)), rows.Any(r => double.IsFinite(r.AtLeast)), rows.Any(r => double.IsFinite(r.AtFirst)), rows.Any(r => double.IsFinite(r.Said))];
        (string, string)[] legend = [(names[0], "var(--c1)"), (names[1], "var(--c2)"), (names[2], Main), (names[3], Ink)];
        return Make(x, y, [.. series.Where((_, i) => known[i])], [.. legend.Where((_, i) => known[i switch { 0 => 3, 1 => 2, 2 => 0, _ => 1 }])], trigger: "category");
    }

    /// <summary>What happened when, one line for each kind; a larger dot stands for more.</summary>
    public static Drawing Lanes(IReadOnlyList<double> years, IReadOnlyList<Lane> lanes)
    {
        var rows = lanes.Reverse().ToList();
        var series = rows.Select((lane, row) => (object)new
        {
            type = "scatter",
            name = lane.Name,
            color = Color(rows.Count - 1 - row),
            data = lane.Points.Select(p => new { value = new[] { p.Year, row }, name = p.Label, symbolSize = Math.Round(Math.Min(20, 5 + (3.2 * Math.Sqrt(p.Count - 1))), 1) }),
        }).ToList();
        var y = new { type = "category", data = rows.Select(r => r.Name), axisTick = new { show = false }, axisLine = AxisLine(), splitLine = new { show = true, lineStyle = new { color = Rule } }, axisLabel = new { color = Ink, width = 104, overflow = "break", lineHeight = 13, fontSize = 11 } };
        return Make(TimeAxis(years), y, series, [], trigger: "item");
    }

    /// <summary>A number as charts and tables hold it: four significant digits, null for a gap.</summary>
    public static double? Figure(double value) => double.IsFinite(value) ? double.Parse(value.ToString("G4")) : null;

    private static Drawing Make(object x, object y, IReadOnlyList<object> series, IReadOnlyList<(string, string)> legend, string trigger = "axis") => new(
        JsonSerializer.SerializeToNode(new
        {
            animation = false,
            aria = new { enabled = true },
            textStyle = new { color = Ink, fontFamily = "inherit" },
            grid = new { left = 8, right = 16, top = trigger == "axis" ? 30 : 12, bottom = 8, outerBoundsMode = "same", outerBoundsContain = "all" },
            legend = new { show = false },
            tooltip = new { trigger = trigger == "item" ? "item" : "axis", kind = trigger, confine = true, axisPointer = new { type = trigger == "category" ? "shadow" : "line", lineStyle = new { color = Soft } }, backgroundColor = "var(--paper)", borderColor = Rule, textStyle = new { color = Ink, fontSize = 13 } },
            xAxis = x,
            yAxis = y,
            series,
        })!, legend);

    private static object TimeAxis(IReadOnlyList<double> years) => new
    {
        type = "value",
        min = Math.Floor(years[0]),
        max = Math.Ceiling(years[^1]),
        minInterval = 1,
        axisLabel = Label("year"),
        axisLine = AxisLine(),
        splitLine = new { show = false },
    };

    private static object NumberAxis(IReadOnlyList<double> values, string unit) => new
    {
        type = "value",
        name = unit,
        nameLocation = "middle",
        nameGap = 24,
        nameTextStyle = new { color = Soft },
        min = values[0],
        max = values[^1],
        axisLabel = Label("number"),
        axisLine = AxisLine(),
        splitLine = new { show = false },
    };

    /// <summary>For every end a value with its interval, on one scale; several rows of marks side by side.</summary>
    public static Drawing Marks(IReadOnlyList<string> names, IReadOnlyList<(string Name, IReadOnlyList<(double Value, double Low, double High)> Values)> marks)
    {
        var count = names.Count;
        var series = marks.SelectMany((m, k) => new object[]
        {
            new
            {
                type = "custom", name = m.Name + ", interval", renderItem = "reach", color = Color(k), z = 4, silent = true, encode = new { x = FromAndTo, y = 2 },
                data = m.Values.Select((v, i) => new[] { Figure(v.Low), Figure(v.High), count - 1 - i }),
            },
            new
            {
                type = "scatter", name = m.Name, symbol = k == 0 ? "circle" : "diamond", symbolSize = 12, itemStyle = new { color = Color(k), opacity = 1 }, z = 6,
                data = m.Values.Select((v, i) => new[] { Figure(v.Value), count - 1 - i }),
            },
        }).ToList();
        var x = new { type = "value", axisLabel = Label("number"), splitLine = Split() };
        var y = new { type = "category", data = names.Reverse(), axisTick = new { show = false }, axisLine = AxisLine(), axisLabel = new { color = Ink, width = 118, overflow = "break", lineHeight = 14 } };
        return Make(x, y, series, [.. marks.Select((m, k) => (m.Name, Color(k)))], trigger: "category");
    }

    private static object ValueAxis(string unit, double? top = null) => new
    {
        type = "value",
        name = unit == "percent" ? "" : unit,
        max = top,
        nameTextStyle = new { color = Soft, align = "left" },
        nameGap = 12,
        axisLabel = Label(unit == "percent" ? "percent" : "number"),
        splitLine = Split(),
    };

    private static object Label(string formatter) => new { color = Soft, formatter, hideOverlap = true, showMinLabel = formatter == "year" ? false : (bool?)null, showMaxLabel = formatter == "year" ? false : (bool?)null };

    private static object Split() => new { lineStyle = new { color = Rule } };

    private static object AxisLine() => new { lineStyle = new { color = Soft }, onZero = false };

    private static object Line(string name, string color, IReadOnlyList<double> years, IReadOnlyList<double> values, double width, double opacity = 1, bool silent = false, bool dashed = false) => new
    {
        type = "line",
        name,
        color,
        symbol = "none",
        silent,
        lineStyle = new { width, opacity, type = dashed ? "dashed" : "solid" },
        data = Points(years, values),
    };

    private static object Band(string name, IReadOnlyList<double> years, IEnumerable<(double Low, double High)> values, double opacity) => new
    {
        type = "custom",
        name,
        renderItem = "band",
        color = Main,
        opacity,
        silent = true,
        encode = new { x = 0, y = LowAndHigh },
        data = values.Select((v, i) => new[] { years[i], Figure(v.Low), Figure(v.High) }),
    };

    private static IEnumerable<double?[]> Points(IReadOnlyList<double> years, IReadOnlyList<double> values) => values.Select((v, i) => new[] { years[i], Figure(v) });

    private static string Color(int i) => $"var(--c{i % Palette})";
}
