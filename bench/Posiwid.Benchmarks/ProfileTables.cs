using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Posiwid.Benchmarks;

/// <summary>
/// Writes the tables of a page of docs from what <c>posiwid purpose … --format json</c> printed: <c>profile PAGE JSON...</c>. In the page a table stands between
/// <c>&lt;!-- table NAME --&gt;</c> and <c>&lt;!-- end --&gt;</c>; the first document that has the figures gives them. The prose is left as it is.
/// </summary>
internal static class ProfileTables
{
    /// <summary>What the essay says an end was to the organization, where, and the words of a profile that would agree.</summary>
    private static readonly (string End, string Reading, string[] Agrees)[] Essay =
    [
        ("cause", "\"it put off this goal indefinitely\"; the members \"just needed to believe that maybe it could in the future\" (opening; 'Organizational needs')", ["said, not shown", "not shown"]),
        ("members_needs", "\"did not really do anything about these things\" ('Organizational needs')", ["said, not shown", "not shown"]),
        ("publicity", "paper sales and panels are its week; \"the purpose of these events was to keep the machine running\" ('Between things…'; 'Organizational needs')", ["kept as a means", "done but not defended"]),
        ("recruiting", "\"The purpose of the ISO was to recruit itself into being a larger organization\" ('Between things…')", ["a purpose it shows"]),
        ("retention", "\"it merely had to keep people excited and engaged enough to pay dues, go to meetings, and recruit\" ('Organizational needs')", ["a purpose it shows", "kept as a means"]),
        ("funds", "\"requires a consistent base of dues payers\" ('Organizational needs')", ["kept as a means", "a purpose it shows"]),
        ("staff", "\"does not need to have a paid staff, but if it does\", bills follow ('Organizational needs')", ["kept as a means"]),
        ("cohesion", "the leadership \"needed to keep criticism to a minimum\" ('Organizational needs')", ["a purpose it shows", "defended but little done", "kept as a means"]),
        ("leadership", "\"so that they could maintain their positions more or less indefinitely\" ('Organizational needs')", ["a purpose it shows", "defended but little done"]),
    ];

    public static int Run(string[] args)
    {
        if (args.Length < 2)
        {
            Console.Error.WriteLine("usage: profile PAGE JSON...");
            return 2;
        }

        var documents = args[1..].Select(f => JsonDocument.Parse(File.ReadAllText(f)).RootElement).ToList();
        var text = new StringBuilder();
        var skip = false;
        foreach (var line in File.ReadLines(args[0]))
        {
            skip &= line != "<!-- end -->";
            if (!skip)
                text.Append(line).Append('\n');
            if (line.StartsWith("<!-- table ", StringComparison.Ordinal))
            {
                text.Append('\n').Append(Table(line.Split(' ')[2], documents)).Append('\n');
                skip = true;
            }
        }

        File.WriteAllText(args[0], text.ToString());
        return 0;
    }

    private static string Table(string name, List<JsonElement> documents)
    {
        // the part of the first document that has it
        IEnumerable<JsonElement> With(string key) => documents.Where(d => d.TryGetProperty(key, out _)).Take(1).Select(d => d.GetProperty(key));
        var text = new StringBuilder();
        void Row(params string[] cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
        void Head(params string[] cells)
        {
            Row(cells);
            Row([.. cells.Select(_ => "---")]);
        }

        if ((name == "robustness" && !With("robustness").Any()) || (name is "shapley" or "sets" && !With("sets").Any()))
            return "*Not among the runs that this page was made from.*\n";
        switch (name)
        {
            case "made":
                foreach (var d in documents)
                {
                    text.Append(CultureInfo.InvariantCulture, $"- posiwid {d.GetProperty("posiwid").GetString()}, scenario {d.GetProperty("scenario").GetString()}, seeds {d.GetProperty("seed")} to {d.GetProperty("seed").GetInt64() + d.GetProperty("runs").GetInt64() - 1}, ")
                        .Append(CultureInfo.InvariantCulture, $"{d.GetProperty("tests")} tests{(d.TryGetProperty("sets", out _) ? ", every combination of the core functions" : "")}{(d.TryGetProperty("robustness", out var r) ? $", {r.GetProperty("models")} models around it" : "")}\n");
                }

                break;
            case "plain":
                text.Append("> ").Append(documents[0].GetProperty("plain").GetString()).Append('\n');
                break;
            case "ends":
                Head("end", "said", "hours (coding bounds)", "money", "defense after harm", "after favor", "sensor test", "weeks lost", "choice", "verdict");
                foreach (var e in documents[0].GetProperty("ends").EnumerateArray())
                {
                    var said = e.GetProperty("said").GetProperty("rank");
                    Row(Text(e, "end"), said.ValueKind == JsonValueKind.Null ? "" : $"#{said}", Line(e, "effort", 100, "0"), Bare(e, "money", 100), Line(e, "defense", 1, "0.00"), Line(e, "defenseUp", 1, "0.00"),
                        e.GetProperty("defense").GetProperty("sensor").GetString() is "passed" or "failed" or "in part" ? e.GetProperty("defense").GetProperty("sensor").GetString()! : "", Line(e, "necessity", 1, "0"), Line(e, "choice", 1, "0.00"), Text(e, "verdict"));
                }

                break;
            case "essay":
                Head("end", "the essay's reading", "the profile", "");
                foreach (var (end, reading, agrees) in Essay)
                {
                    var verdict = Text(documents[0].GetProperty("ends").EnumerateArray().Single(e => Text(e, "end") == end), "verdict");
                    Row(end, reading, verdict, agrees.Contains(verdict) ? "agrees" : verdict is "cannot be told from these records" or "lines disagree" or "one line speaks for it" ? "open" : "**differs**");
                }

                break;
            case "bounds":
                Head("end", "verdict", "hours at least", "hours at most", "if another end were not declared", "over half the time", "blows of half", "twice as large");
                foreach (var e in documents[0].GetProperty("ends").EnumerateArray().Where(e => !e.GetProperty("placebo").GetBoolean()))
                {
                    var end = Text(e, "end");
                    string Same(string key) => Text(e, key) == Text(e, "verdict") ? "the same" : Text(e, key);
                    var declared = documents[0].GetProperty("declared").EnumerateArray().Where(d => Text(d, "end") == end).Select(d => $"{Text(d, "verdict")} (without {Text(d, "leftOut")})").ToList();
                    var half = documents[0].GetProperty("horizon").EnumerateArray().Where(h => Text(h, "end") == end).Select(h => Text(h, "verdictAtHalf")).FirstOrDefault();
                    string Dosed(double dose) => documents[0].GetProperty("otherDoses").EnumerateArray().Where(d => d.GetProperty("dose").GetDouble() == dose)
                        .SelectMany(d => d.GetProperty("ends").EnumerateArray()).Where(d => Text(d, "end") == end).Select(d => Text(d, "verdict") == Text(e, "verdict") ? "the same" : Text(d, "verdict")).FirstOrDefault() ?? "";
                    Row(end, Text(e, "verdict"), Same("verdictAtLeast"), Same("verdictAtMost"), declared.Count == 0 ? "the same" : string.Join("; ", declared), half ?? "the same", Dosed(-0.5), Dosed(-2));
                }

                break;
            case "robustness":
                Head("end", "all models together", "defense", "differ by", "beyond", "weeks lost", "differ by", "beyond", "choice", "differ by", "beyond", "most frequent verdict of one model");
                foreach (var e in With("robustness").SelectMany(r => r.GetProperty("ends").EnumerateArray()))
                {
                    string Figure(string line, string what, string format) => e.GetProperty(line).GetProperty(what) is { ValueKind: JsonValueKind.Number } v ? v.GetDouble().ToString(format, CultureInfo.InvariantCulture) : "";
                    string[] Of(string line, string format) => [Line(e, line, 1, format), Figure(line, "between", format), Figure(line, "beyond", "0%")];
                    var most = e.GetProperty("verdicts")[0];
                    Row([Text(e, "end"), Text(e, "together"), .. Of("defense", "0.00"), .. Of("necessity", "0"), .. Of("choice", "0.00"), $"{Text(most, "verdict")} {Percent(most.GetProperty("share"))}"]);
                }

                break;
            case "losses":
                Head("taken away", "weeks of life lost", "hours left idle", "hours by policy", "half of it", "alive at the end");
                var losses = documents[0].GetProperty("losses").EnumerateArray().ToList();
                foreach (var l in losses.Where(l => l.GetProperty("without").GetArrayLength() == 1 && Text(l, "freedHours") == "pro_rata" && l.GetProperty("share").GetDouble() == 1).OrderByDescending(l => l.GetProperty("weeksLost").GetProperty("value") is { ValueKind: JsonValueKind.Number } v ? v.GetDouble() : double.NegativeInfinity))
                {
                    var id = l.GetProperty("without")[0].GetString();
                    string Other(string freed, double share) => losses.Where(o => o.GetProperty("without") is var w && w.GetArrayLength() == 1 && w[0].GetString() == id && Text(o, "freedHours") == freed && o.GetProperty("share").GetDouble() == share).Select(o => Line(o, "weeksLost", 1, "0")).FirstOrDefault() ?? "";
                    Row(id!, Line(l, "weeksLost", 1, "0"), Other("idle", 1), Other("policy", 1), Other("pro_rata", 0.5), l.GetProperty("aliveAtEnd").ToString());
                }

                break;
            case "shapley":
                Head("function", "Shapley value, weeks", "lost without it", "given by it alone");
                foreach (var f in With("sets").SelectMany(s => s.GetProperty("functions").EnumerateArray()))
                    Row(Text(f, "function"), Line(f, "shapley", 1, "0"), Line(f, "loss", 1, "0"), Line(f, "sufficiency", 1, "0"));
                break;
            case "sets":
                Head("", "set", "found in so many resamples", "life, weeks");
                foreach (var (key, words) in new[] { ("minimalViable", "enough"), ("minimalCuts", "its loss is too much") })
                {
                    foreach (var s in With("sets").SelectMany(s => s.GetProperty(key).EnumerateArray()).Where(s => s.GetProperty("named").GetBoolean() || s.GetProperty("frequency").GetDouble() >= 0.25).Take(12))
                        Row(words, string.Join(", ", s.GetProperty("functions").EnumerateArray()), s.GetProperty("frequency").ValueKind == JsonValueKind.Null ? "" : Percent(s.GetProperty("frequency")), Line(s, "life", 1, "0"));
                }

                break;
            default:
                throw new InvalidOperationException($"There is no table '{name}'.");
        }

        return text.ToString();
    }

    private static string Text(JsonElement of, string key) => of.GetProperty(key).GetString()!;

    private static string Percent(JsonElement share) => share.GetDouble().ToString("0%", CultureInfo.InvariantCulture);

    private static string Bare(JsonElement of, string key, double times) => of.GetProperty(key).GetProperty("value") is { ValueKind: JsonValueKind.Number } v ? (v.GetDouble() * times).ToString("0", CultureInfo.InvariantCulture) : "";

    private static string Line(JsonElement of, string key, double times, string format)
    {
        var line = of.GetProperty(key);
        string? Figure(string part) => line.GetProperty(part) is { ValueKind: JsonValueKind.Number } v ? (Math.Round(v.GetDouble() * times, format.Length > 2 ? 2 : 0) + 0.0).ToString(format, CultureInfo.InvariantCulture) : null;
        return Figure("value") is not { } value ? "" : Figure("low") is { } low ? $"{value} ({low} to {Figure("high")})" : value;
    }
}
