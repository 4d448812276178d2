using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Posiwid.Simulation.Scenarios;

/// <summary>A place in a file, from 1.</summary>
internal readonly record struct Place(int Line, int Column)
{
    public static readonly Place Top = new(1, 1);

    public static Place Of(Mark mark) => new((int)Math.Max(1, mark.Line), (int)Math.Max(1, mark.Column));
}

/// <summary>A value of a YAML file with its place.</summary>
internal abstract record YamlNode(Place Place);

/// <summary>A single value; <paramref name="Plain"/> if it stands without quotes.</summary>
internal sealed record YamlText(Place Place, string Value, bool Plain) : YamlNode(Place)
{
    /// <summary>Nothing, as YAML writes it.</summary>
    public bool IsEmpty => Plain && Value is "" or "~" or "null" or "Null" or "NULL";
}

/// <summary>A list of values.</summary>
internal sealed record YamlList(Place Place, IReadOnlyList<YamlNode> Items) : YamlNode(Place);

/// <summary>Keys with values, in the order of the file; a key that stands twice is here once.</summary>
internal sealed record YamlMap(Place Place, IReadOnlyList<(YamlText Key, YamlNode Value)> Entries) : YamlNode(Place);

/// <summary>
/// Reads YAML into a tree, within limits that keep absurd input cheap: one document, little depth, no anchors, aliases or tags.
/// </summary>
internal static class YamlTree
{
    /// <summary>A larger file is refused.</summary>
    public const int MaxBytes = 2 << 20;

    /// <summary>Lists and maps inside one another.</summary>
    public const int MaxDepth = 16;

    /// <summary>The tree of a text; null if the text is not YAML (then <paramref name="problems"/> says why).</summary>
    public static YamlNode? Read(string text, Problems problems)
    {
        foreach (var (line, number) in text.Split('\n').Select((l, i) => (l, i + 1)))
        {
            var control = line.AsSpan().IndexOfAnyInRange('\0', '\u001f');
            while (control >= 0 && line[control] is '\t' or '\r') control = Next(line, control);
            if (control < 0) continue;
            problems.Add(new(number, control + 1), "", $"control character U+{(int)line[control]:X4}: this is not a text file");
            return null;
        }

        try
        {
            var reader = new Reader(new Parser(new StringReader(text)), problems);
            return reader.Document();
        }
        catch (LimitException)
        {
            return null;
        }
        catch (YamlException e)
        {
            problems.Add(Place.Of(e.Start), "", $"the file is not valid YAML here, or is cut off: {Sentence(e)}");
            return null;
        }
    }

    private static int Next(string line, int after)
    {
        var next = line.AsSpan(after + 1).IndexOfAnyInRange('\0', '\u001f');
        return next < 0 ? -1 : after + 1 + next;
    }

    private static string Sentence(YamlException e)
    {
        var cause = e.InnerException?.Message ?? e.Message;
        return cause.Length > 200 ? cause[..200] + "…" : cause.TrimEnd('.');
    }

    /// <summary>Reading cannot go on; the problem is noted.</summary>
    private sealed class LimitException : Exception;

    private sealed class Reader(Parser parser, Problems problems)
    {
        public YamlNode? Document()
        {
            parser.Consume<StreamStart>();
            if (parser.Accept<StreamEnd>(out _)) return null;
            parser.Consume<DocumentStart>();
            var root = Value("", 0);
            parser.Consume<DocumentEnd>();
            if (parser.Accept<DocumentStart>(out var second))
                problems.Add(Place.Of(second.Start), "", "a scenario is one document; remove the second '---'");
            return root;
        }

        private YamlNode Value(string path, int depth)
        {
            if (depth > MaxDepth) throw Stop(parser.Current!.Start, path, $"more than {MaxDepth} lists and maps inside one another");
            switch (parser.Current)
            {
                case AnchorAlias alias:
                    throw Stop(alias.Start, path, $"aliases (*{alias.Value.Value}) are not used in scenarios; write the values out");
                case NodeEvent { Anchor.IsEmpty: false } anchored:
                    throw Stop(anchored.Start, path, $"anchors (&{anchored.Anchor.Value}) are not used in scenarios; write the values out");
                case NodeEvent { Tag.IsEmpty: false } tagged:
                    throw Stop(tagged.Start, path, $"tags ({tagged.Tag.Value}) are not used in scenarios; remove it");
                case MappingStart:
                    return Map(path, depth);
                case SequenceStart:
                    return List(path, depth);
                default:
                    var scalar = parser.Consume<Scalar>();
                    return new YamlText(Place.Of(scalar.Start), scalar.Value, scalar.Style == ScalarStyle.Plain);
            }
        }

        private YamlMap Map(string path, int depth)
        {
            var place = Place.Of(parser.Consume<MappingStart>().Start);
            var entries = new List<(YamlText, YamlNode)>();
            var lines = new Dictionary<string, int>();
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                var at = parser.Current!.Start;
                if (Value(path, depth + 1) is not YamlText key) throw Stop(at, path, "a key must be a single word");
                var inner = Keys.Join(path, key.Value);
                var value = Value(inner, depth + 1);
                if (lines.TryAdd(key.Value, key.Place.Line)) entries.Add((key, value));
                else problems.Add(key.Place, inner, $"key '{Keys.Short(key.Value)}' stands here twice; first on line {lines[key.Value]}");
            }

            return new(place, entries);
        }

        private YamlList List(string path, int depth)
        {
            var place = Place.Of(parser.Consume<SequenceStart>().Start);
            var items = new List<YamlNode>();
            while (!parser.TryConsume<SequenceEnd>(out _)) items.Add(Value($"{path}[{items.Count}]", depth + 1));
            return new(place, items);
        }

        private LimitException Stop(Mark mark, string path, string message)
        {
            problems.Add(Place.Of(mark), path, message);
            return new LimitException();
        }
    }
}

/// <summary>Paths of keys.</summary>
internal static class Keys
{
    public static string Join(string path, string key) => path.Length == 0 ? Short(key) : $"{path}.{Short(key)}";

    /// <summary>What a name of a scenario, milieu or organization looks like.</summary>
    public const string NamePattern = "^[a-z][a-z0-9-]{0,39}$";

    public static bool IsName(string? name) =>
        name is { Length: > 0 and <= 40 } && char.IsAsciiLetterLower(name[0]) && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    public static string NotAName(string? name) =>
        $"'{Short(name ?? "")}' is not a name: use lower-case letters, digits and hyphens, at most 40, a letter first";

    /// <summary>A word of the file as a message shows it.</summary>
    public static string Short(string word)
    {
        var line = new StringBuilder(word.Length > 60 ? word[..60] + "…" : word);
        for (var i = 0; i < line.Length; i++)
            if (char.IsControl(line[i])) line[i] = ' ';
        return line.ToString();
    }
}

/// <summary>Collects what is wrong with a file.</summary>
internal sealed class Problems(string file)
{
    private const int Most = 100;

    private readonly List<ScenarioError> errors = [];

    private int more;

    public bool Any => errors.Count > 0;

    public void Add(Place place, string path, string message) => Add(new ScenarioError(file, place.Line, place.Column, path, message));

    public void Add(ScenarioError error)
    {
        if (errors.Count < Most) errors.Add(error);
        else more++;
    }

    /// <summary>Throws if anything is wrong: this file's problems in its order, then those of data files.</summary>
    public void ThrowIfAny()
    {
        if (!Any) return;
        var sorted = errors.OrderBy(e => e.File == file ? 0 : 1).ThenBy(e => e.Line).ThenBy(e => e.Column).ToList();
        if (more > 0) sorted.Add(new(file, sorted[^1].Line, sorted[^1].Column, "", $"and {more} more"));
        throw new ScenarioException(sorted);
    }
}
