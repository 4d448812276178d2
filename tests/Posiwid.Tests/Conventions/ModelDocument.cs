using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Posiwid.Purpose;
using Posiwid.Records.Import;
using Posiwid.Simulation;
using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Experiments;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Tests.Conventions;

/// <summary>
/// Fills <c>docs/model.md</c> and <c>docs/import.md</c>: what stands between <c>&lt;!-- generated: NAME --&gt;</c> and <c>&lt;!-- end --&gt;</c> comes from the code,
/// all else is written by hand.
/// </summary>
internal static partial class ModelDocument
{
    private static readonly (Mechanism Mechanism, MechanismInfo Info)[] Mechanisms =
        [.. WeeklySchedule.Mechanisms.Select(make => make()).Select(m => (m, MechanismInfo.Of(m.GetType())))];

    private static readonly Dictionary<string, string> Summaries = ReadSummaries();

    /// <summary>The page with its generated parts as the code has them now.</summary>
    public static string Fill(string page) => Generated().Replace(page, part =>
    {
        var text = new StringBuilder();
        Write(part.Groups["name"].Value, text);
        return $"<!-- generated: {part.Groups["name"].Value} -->\n{text.ToString().ReplaceLineEndings("\n").TrimEnd()}\n<!-- end -->";
    });

    private static void Write(string name, StringBuilder to)
    {
        switch (name)
        {
            case "schedule": Schedule(to); break;
            case "state": State(to); break;
            case "submodels": Submodels(to); break;
            case "origins": Origins(to); break;
            case "measures": Measures(to); break;
            case "milieu": Quantities(to, typeof(MilieuSpec)); break;
            case "organization": Quantities(to, typeof(OrganizationSpec)); break;
            case "policy": Quantities(to, typeof(PolicySpec)); break;
            case "calendar": Quantities(to, typeof(CalendarSpec)); break;
            case "fields": Fields(to); break;
            case "kinds": Kinds(to); break;
            default: throw new ArgumentException($"There is no generated part '{name}'.");
        }
    }

    private static void Schedule(StringBuilder to)
    {
        var seen = new HashSet<string>();
        Moment(nameof(Mechanism.Outside), "Once a week, the world outside");
        Moment(nameof(Mechanism.Branch), "For every branch, in parallel");
        Moment(nameof(Mechanism.Center), "For every organization, after all branches");

        void Moment(string method, string title)
        {
            to.AppendLine(CultureInfo.InvariantCulture, $"\n**{title}**\n");
            var number = 1;
            foreach (var (mechanism, info) in Mechanisms.Where(m => m.Mechanism.GetType().GetMethod(method)!.DeclaringType != typeof(Mechanism)))
                to.AppendLine(CultureInfo.InvariantCulture, $"{number++}. [{info.Id}](#{info.Id}): {(seen.Add(info.Id) ? Summary(mechanism) : "its second part.")}");
        }
    }

    private static void State(StringBuilder to)
    {
        var whole = Mechanisms.Where(m => Column.Names.All(States(m.Info.Writes).Contains)).Select(m => m.Info.Id).ToArray();
        to.AppendLine(CultureInfo.InvariantCulture, $"Through these people come or go, so they write all of a member, and are left out of the rows `member.…`: {string.Join(", ", whole.Select(Link))}.\n");
        Header(to, "state", "read by", "written by");
        var reads = ByState(m => m.Reads);
        var writes = ByState(m => m.Writes);
        foreach (var state in reads.Keys.Union(writes.Keys).Order(StringComparer.Ordinal))
            Row(to, Code(state), Links(reads, state, []), Links(writes, state, Column.Names.Contains(state) ? whole : []));

        static ILookup<string, string> AsLookup(IEnumerable<(string State, string Id)> pairs) => pairs.ToLookup(p => p.State, p => p.Id);
        static Dictionary<string, string[]> ByState(Func<MechanismInfo, string> text) =>
            AsLookup(Mechanisms.SelectMany(m => States(text(m.Info)).Select(s => (s, m.Info.Id)))).ToDictionary(g => g.Key, g => g.ToArray());
        static string Links(Dictionary<string, string[]> by, string state, string[] except) =>
            string.Join(", ", by.GetValueOrDefault(state, []).Except(except).Select(Link).DefaultIfEmpty("-"));
        static string Link(string id) => $"[{id}](#{id})";
    }

    // "data: movement moments" is one thing to read, not three names.
    private static IEnumerable<string> States(string text) =>
        text.StartsWith("data:", StringComparison.Ordinal) ? [text] : text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static void Submodels(StringBuilder to)
    {
        var variants = WeeklySchedule.Variants.Select(make => make()).Select(m => (Mechanism: m, Info: MechanismInfo.Of(m.GetType()))).ToArray();
        foreach (var (mechanism, info) in Mechanisms.SelectMany(m => variants.Where(v => v.Info.Id == m.Info.Id).Prepend(m)))
        {
            to.AppendLine(CultureInfo.InvariantCulture, $"\n### {info.Id}{(info.Variant.Length > 0 ? $": {info.Variant}" : "")}\n");
            if (info.Variant.Length > 0)
                to.AppendLine(CultureInfo.InvariantCulture, $"Acts in the place of [{info.Id}](#{info.Id}) where a scenario says `instead: {{ {info.Id}: {info.Variant} }}`.\n");
            to.AppendLine(CultureInfo.InvariantCulture, $"{Summary(mechanism)}\n");
            to.AppendLine(CultureInfo.InvariantCulture, $"- Claim: {Plain(info.Claim)} ([{info.Source}](sources.md#{info.Source}))");
            to.AppendLine(CultureInfo.InvariantCulture, $"- Code: [{mechanism.GetType().Name}.cs](../src/Posiwid.Simulation/Mechanisms/{mechanism.GetType().Name}.cs)");
            to.AppendLine(CultureInfo.InvariantCulture, $"- Reads: {List(info.Reads)}");
            to.AppendLine(CultureInfo.InvariantCulture, $"- Writes: {List(info.Writes)}");
            to.AppendLine(CultureInfo.InvariantCulture, $"\n```text\n{info.Equation.Replace("; ", "\n", StringComparison.Ordinal)}\n```");
            if (info.Parameters.Count == 0)
                continue;
            to.AppendLine();
            Header(to, "parameter", "default", "unit", "range", "origin", "dosed", "meaning");
            var before = "";
            foreach (var p in info.Parameters)
            {
                Row(to, Code(p.Name), Number(p.Default), Plain(p.Unit), $"{Number(p.Min)} to {Number(p.Max)}", Lower(p.Origin), p.Dosed ? "yes" : "", p.Meaning == before ? "(as above)" : Plain(p.Meaning));
                before = p.Meaning;
            }
        }

        static string List(string states) => states.Length == 0 ? "nothing" : string.Join(", ", WholeMember(States(states)).Select(Code));

        // Whoever joins or leaves has all columns written; that is one thing to say.
        static IEnumerable<string> WholeMember(IEnumerable<string> states) => Column.Names.All(states.Contains)
            ? states.Except(Column.Names).Append("member.*")
            : states;
    }

    private static void Origins(StringBuilder to)
    {
        var all = Mechanisms.SelectMany(m => m.Info.Parameters).ToArray();
        Header(to, "origin", "parameters", "what it means");
        Row(to, "source", Count(Origin.Source), "a published figure stands behind it; the meaning names it");
        Row(to, "calibrated", Count(Origin.Calibrated), "set by hand in a prototype until the course of the ISO looked like the published one; runs of the ISO draw some of them from a fit instead");
        Row(to, "assumed", Count(Origin.Assumed), "chosen by us; nothing was found that measures it");
        Row(to, "all", Number(all.Length), "");

        string Count(Origin origin) => Number(all.Count(p => p.Origin == origin));
    }

    private static void Measures(StringBuilder to)
    {
        Header(to, "code", "what", "unit");
        foreach (var measure in MeasureCatalog.Flagship.Concat(MeasureCatalog.World))
            Row(to, Code(measure.Id), Plain(measure.Label), Plain(measure.Unit));
    }

    private static void Fields(StringBuilder to)
    {
        Header(to, "a row", "its fields");
        foreach (var kind in RecordKind.All)
            Row(to, $"{Code(kind.Name)}: {Plain(kind.Meaning)}", string.Join("<br>", kind.Fields.Select(f => $"{(f.Required ? $"**{f.Name}**" : Code(f.Name))} {Plain(f.Meaning)}")));
    }

    private static void Kinds(StringBuilder to)
    {
        var ends = Ends.Read(Repository.PathOf("data/ends.csv"), Repository.PathOf("data/kind_end.csv"));
        Header(to, "end", "what it is", "kinds of activity or of money out that serve it most");
        foreach (var end in ends.All.Where(e => !e.IsPlacebo))
            Row(to, Code(end.Code), Plain(end.Label), string.Join(", ", ends.Kinds.Order(StringComparer.Ordinal).Where(k => ends.Of(k).MaxBy(c => c.Weight)!.End == end.Code).Select(Code)));
    }

    private static void Quantities(StringBuilder to, Type type)
    {
        Header(to, "key", "unit", "range", "default", "meaning");
        var instance = Activator.CreateInstance(type);
        foreach (var property in type.GetProperties())
        {
            if (property.GetCustomAttribute<QuantityAttribute>() is not { } quantity)
                continue;
            var required = property.IsDefined(typeof(System.Runtime.CompilerServices.RequiredMemberAttribute));
            var value = Convert.ToDouble(property.GetValue(instance), CultureInfo.InvariantCulture);
            Row(to, Code(System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(property.Name)), Plain(quantity.Unit),
                $"{Number(quantity.Min)} to {Number(quantity.Max)}", required ? "must be given" : Number(value), Plain(quantity.Meaning));
        }
    }

    private static string Summary(Mechanism mechanism) => Summaries[$"T:{mechanism.GetType().FullName}"];

    private static Dictionary<string, string> ReadSummaries()
    {
        var file = Path.ChangeExtension(typeof(WeeklySchedule).Assembly.Location, ".xml");
        return XDocument.Load(file).Descendants("member")
            .Where(m => m.Element("summary") is not null)
            .ToDictionary(m => m.Attribute("name")!.Value, m => Blank().Replace(Words(m.Element("summary")!), " ").Trim());

        static string Words(XElement element) => string.Concat(element.Nodes().Select(n => n switch
        {
            XText text => Plain(text.Value),
            XElement { Name.LocalName: "see" } see => Code(see.Attribute("cref")!.Value.Split('.')[^1]),
            XElement { Name.LocalName: "c" } code => Code(code.Value),
            XElement other => Words(other),
            _ => "",
        }));
    }

    private static void Header(StringBuilder to, params string[] cells)
    {
        Row(to, cells);
        Row(to, [.. cells.Select(_ => "---")]);
    }

    private static void Row(StringBuilder to, params string[] cells) => to.AppendLine($"| {string.Join(" | ", cells)} |");

    private static string Code(string text) => $"`{text}`";

    private static string Lower(Origin origin) => origin.ToString().ToLowerInvariant();

    private static string Number(double value) => value.ToString("#,0.######", CultureInfo.InvariantCulture);

    /// <summary>A text in which Markdown sees no marks.</summary>
    private static string Plain(string text) => Marks().Replace(text, @"\$0");

    [GeneratedRegex("<!-- generated: (?<name>[a-z-]+) -->.*?<!-- end -->", RegexOptions.Singleline)]
    private static partial Regex Generated();

    [GeneratedRegex(@"[\\`*_|<>\[\]]")]
    private static partial Regex Marks();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blank();
}
