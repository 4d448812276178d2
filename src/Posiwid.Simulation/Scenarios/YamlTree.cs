using System.Buffers;
using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Posiwid.Simulation.Scenarios;

/// <summary>A place in a file, from 1; in the file that is read if none is named.</summary>
internal readonly record struct Place(int Line, int Column, string? File = null)
{
    public static readonly Place Top = new(1, 1);

    public static Place Of(Mark mark, string? file = null) => new((int)Math.Max(1, mark.Line), (int)Math.Max(1, mark.Column), file);
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

/// <summary>A value that is refused; the problem is noted already.</summary>
internal sealed record YamlRefused(Place Place) : YamlNode(Place);

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

    private static readonly SearchValues<char> Control = SearchValues.Create([.. Enumerable.Range(0, 32).Select(c => (char)c).Except("\t\r\n")]);

    /// <summary>The tree of a text; null if the text is not YAML (then <paramref name="problems"/> says why).</summary>
    /// <param name="text">The text.</param>
    /// <param name="problems">Told what is wrong.</param>
    /// <param name="file">The file that the places name; none for the one that is read.</param>
    public static YamlNode? Read(string text, Problems problems, string? file = null)
    {
        if (text.AsSpan().IndexOfAny(Control) is >= 0 and var at)
        {
            var (line, column) = (text.AsSpan(0, at).Count('\n') + 1, at - text.LastIndexOf('\n', at));
            problems.Add(new(line, column), "", $"control character U+{(int)text[at]:X4}: this is not a text file");
            return null;
        }

        var parser = new Parser(new StringReader(text));
        try
        {
            return new Reader(parser, problems, file).Document();
        }
        catch (LimitException)
        {
            return null;
        }
        catch (YamlException e)
        {
            return Broken(e.Start, e.InnerException?.Message ?? e.Message);
        }
        catch (Exception e) when (e is not ScenarioException)
        {
            // On some broken texts the parser fails without saying where; the fuzz test finds them.
            return Broken(parser.Current?.End ?? Mark.Empty, "something stands where it cannot");
        }

        YamlNode? Broken(Mark mark, string why)
        {
            problems.Add(Place.Of(mark), "", $"the file is not valid YAML here, or is cut off: {Keys.Short(why.TrimEnd('.'), 200)}");
            return null;
        }
    }

    /// <summary>Reading cannot go on; the problem is noted.</summary>
    private sealed class LimitException : Exception;

    private sealed class Reader(Parser parser, Problems problems, string? file)
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
                    parser.MoveNext();
                    return Refuse(alias.Start, path, $"aliases (*{Keys.Short(alias.Value.Value)}) are not used in scenarios; write the values out");
                case NodeEvent { Anchor.IsEmpty: false } anchored:
                    Refuse(anchored.Start, path, $"anchors (&{Keys.Short(anchored.Anchor.Value)}) are not used in scenarios; write the values out");
                    break;
                case NodeEvent { Tag.IsEmpty: false } tagged:
                    Refuse(tagged.Start, path, $"tags ({Keys.Short(tagged.Tag.Value)}) are not used in scenarios; remove it");
                    break;
            }

            switch (parser.Current)
            {
                case MappingStart:
                    return Map(path, depth);
                case SequenceStart:
                    return List(path, depth);
                default:
                    var scalar = parser.Consume<Scalar>();
                    return new YamlText(Place.Of(scalar.Start, file), scalar.Value, scalar.Style == ScalarStyle.Plain);
            }
        }

        private YamlMap Map(string path, int depth)
        {
            var place = Place.Of(parser.Consume<MappingStart>().Start, file);
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
            var place = Place.Of(parser.Consume<SequenceStart>().Start, file);
            var items = new List<YamlNode>();
            while (!parser.TryConsume<SequenceEnd>(out _)) items.Add(Value($"{path}[{items.Count}]", depth + 1));
            return new(place, items);
        }

        private YamlRefused Refuse(Mark mark, string path, string message)
        {
            problems.Add(Place.Of(mark), path, message);
            return new YamlRefused(Place.Of(mark));
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
    public static string Short(string word, int most = 60)
    {
        var line = new StringBuilder(word.Length > most ? word[..most] + "…" : word);
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

    public bool Any => errors.Count > 0;

    public void Add(Place place, string path, string message) => Add(new ScenarioError(place.File ?? file, place.Line, place.Column, path, message));

    /// <summary>Notes a problem; gives up when there are very many.</summary>
    public void Add(ScenarioError error)
    {
        errors.Add(error);
        if (errors.Count < Most) return;
        errors.Add(new(error.File, error.Line, error.Column, "", $"{Most} problems found; the rest of the file was not looked at"));
        ThrowIfAny();
    }

    /// <summary>Throws if anything is wrong: this file's problems in its order, then those of data files.</summary>
    public void ThrowIfAny()
    {
        if (Any) throw new ScenarioException([.. errors.OrderBy(e => e.File == file ? 0 : 1).ThenBy(e => e.Line).ThenBy(e => e.Column)]);
    }
}
