using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Posiwid.Simulation.Scenarios;

/// <summary>
/// Turns the tree of a file into the records of <see cref="Scenario"/>: keys are the properties' names in kebab-case,
/// numbers must lie in the range of their <see cref="QuantityAttribute"/>. Notes every problem and goes on.
/// </summary>
internal sealed class ScenarioBinder(Problems problems)
{
    private readonly Dictionary<string, Place> places = [];

    /// <summary>The place of a value or, if the file does not state it, of the nearest thing above it.</summary>
    public Place Of(string path)
    {
        for (; path.Length > 0; path = path[..Math.Max(0, path.LastIndexOf('.'))])
            if (places.TryGetValue(path, out var place)) return place;
        return Place.Top;
    }

    /// <summary>Makes a record from a map; null if it is not a map.</summary>
    public object? Record(Type type, YamlNode node, string path, Place owner)
    {
        if (Map(node, path, owner) is not { } map) return null;
        var record = Activator.CreateInstance(type)!;
        var properties = type.GetProperties().ToDictionary(p => Kebab.Of(p.Name));
        foreach (var (key, value) in map.Entries)
        {
            var inner = Keys.Join(path, key.Value);
            places[inner] = value.Place;
            if (!properties.Remove(key.Value, out var property))
                problems.Add(key.Place, inner, $"unknown key '{Keys.Short(key.Value)}'{Nearest.Hint(key.Value, type.GetProperties().Select(p => Kebab.Of(p.Name)))}");
            else if (value is YamlText { IsEmpty: true } && Optional(property)) continue;
            else if (Value(property.PropertyType, value, inner, key.Place, property.GetCustomAttribute<QuantityAttribute>()) is { } bound)
                property.SetValue(record, bound);
        }

        foreach (var (key, property) in properties)
            if (property.IsDefined(typeof(RequiredMemberAttribute))) problems.Add(owner, Keys.Join(path, key), $"key '{key}' is missing");
        return record;
    }

    private static bool Optional(PropertyInfo property) => new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable;

    private object? Value(Type type, YamlNode node, string path, Place owner, QuantityAttribute? quantity)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(double)) return Number(node, path, owner, quantity);
        if (type == typeof(int)) return Whole(node, path, owner, quantity);
        if (type == typeof(string)) return Text(node, path, owner)?.Value;
        if (type == typeof(bool)) return Truth(node, path, owner);
        if (type == typeof(DateOnly)) return Date(node, path, owner);
        if (type == typeof(ScenarioPatch)) return Map(node, path, owner) is { } patch ? new ScenarioPatch(patch) : null;
        if (type.IsEnum) return Enumeration(type, node, path, owner);
        if (!type.IsGenericType) return Record(type, node, path, owner);

        var arguments = type.GetGenericArguments();
        return type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>)
            ? Dictionary(arguments[1], node, path, owner)
            : List(arguments[0], node, path, owner);
    }

    private object? Dictionary(Type type, YamlNode node, string path, Place owner)
    {
        if (Map(node, path, owner) is not { } map) return null;
        var dictionary = (System.Collections.IDictionary)Activator.CreateInstance(typeof(OrderedDictionary<,>).MakeGenericType(typeof(string), type))!;
        foreach (var (key, value) in map.Entries)
        {
            var inner = Keys.Join(path, key.Value);
            places[inner] = value.Place;
            if (Mistyped(type, key.Value, value, map) is { } meant) problems.Add(key.Place, inner, $"'{Keys.Short(key.Value)}' is new here and has none of the keys that it needs; did you mean '{meant}'?");
            else if (Value(type, value, inner, key.Place, null) is { } bound) dictionary.Add(key.Value, bound);
        }

        return dictionary;
    }

    /// <summary>The name beside it that was probably meant where an entry has none of the keys that its kind requires; null if there is none, or it has some.</summary>
    private static string? Mistyped(Type type, string name, YamlNode value, YamlMap among)
    {
        var required = type.GetProperties().Where(p => p.IsDefined(typeof(RequiredMemberAttribute))).Select(p => Kebab.Of(p.Name)).ToHashSet();
        bool HasNone(YamlNode node) => node is YamlMap map && !map.Entries.Any(e => required.Contains(e.Key.Value));
        if (required.Count == 0 || !HasNone(value)) return null;
        return Nearest.Of(name, among.Entries.Where(e => e.Value is YamlMap && !HasNone(e.Value)).Select(e => e.Key.Value));
    }

    private object? List(Type type, YamlNode node, string path, Place owner)
    {
        if (node is not YamlList sequence) return Wrong(node, path, owner, "a list ([a, b])");
        var list = (System.Collections.IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(type))!;
        foreach (var item in sequence.Items)
        {
            var inner = $"{path}[{list.Count}]";
            places[inner] = item.Place;
            if (Value(type, item, inner, item.Place, null) is { } bound) list.Add(bound);
        }

        return list;
    }

    private object? Number(YamlNode node, string path, Place owner, QuantityAttribute? quantity)
    {
        if (Text(node, path, owner, "a number") is not { } text) return null;
        if (!text.Plain) return Wrong(text, path, owner, "a number without quotes");
        if (!double.TryParse(text.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
        {
            return text.Value.TrimStart('+', '-').ToUpperInvariant() is ".NAN" or ".INF"
                ? Note(text.Place, path, $"'{text.Value}' is not a number that can be used here")
                : Wrong(text, path, owner, "a number");
        }

        if (!double.IsFinite(value)) return Note(text.Place, path, $"'{Keys.Short(text.Value)}' is not a number that can be used here");
        if (quantity is null || (value >= quantity.Min && value <= quantity.Max)) return value;
        return Note(text.Place, path, OutOfRange(text.Value, quantity.Unit, quantity.Min, quantity.Max));
    }

    private object? Whole(YamlNode node, string path, Place owner, QuantityAttribute? quantity)
    {
        if (Number(node, path, owner, quantity) is not double value) return null;
        return value == Math.Floor(value) && Math.Abs(value) <= int.MaxValue
            ? (int)value
            : Note(node.Place, path, $"{Plain(value)} is not a whole number{(quantity is null ? "" : $" ({quantity.Unit})")}");
    }

    private object? Truth(YamlNode node, string path, Place owner) => Text(node, path, owner, "true or false") switch
    {
        null => null,
        { Value: "true" } => true,
        { Value: "false" } => false,
        var text => Wrong(text, path, owner, "true or false"),
    };

    private object? Date(YamlNode node, string path, Place owner)
    {
        if (Text(node, path, owner, "a date (yyyy-mm-dd)") is not { } text) return null;
        if (DateOnly.TryParseExact(text.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return date.Year is >= 1000 and <= 9000 ? date : Note(text.Place, path, $"the year {date.Year} is not one that can be simulated");
        return text.Value.Length == 10 && text.Value.Select((c, i) => i is 4 or 7 ? c == '-' : char.IsAsciiDigit(c)).All(ok => ok)
            ? Note(text.Place, path, $"there is no day {text.Value}")
            : Wrong(text, path, owner, "a date (yyyy-mm-dd)");
    }

    private object? Enumeration(Type type, YamlNode node, string path, Place owner)
    {
        if (Text(node, path, owner) is not { } text) return null;
        var names = Enum.GetNames(type);
        var index = Array.FindIndex(names, n => Kebab.Of(n) == text.Value);
        return index >= 0 ? Enum.Parse(type, names[index]) : Note(text.Place, path, $"'{Keys.Short(text.Value)}' is not one of {string.Join(", ", names.Select(Kebab.Of))}{DidYouMean(text.Value, names)}");
    }

    private static string DidYouMean(string word, string[] names) =>
        Nearest.Hint(word, names.Select(Kebab.Of)) is var hint && hint.StartsWith("; did", StringComparison.Ordinal) ? hint : "";

    private YamlText? Text(YamlNode node, string path, Place owner, string wanted = "a word or text")
    {
        if (node is YamlText { IsEmpty: false } text) return text;
        Wrong(node, path, owner, wanted);
        return null;
    }

    private YamlMap? Map(YamlNode node, string path, Place owner)
    {
        if (node is YamlMap map) return map;
        Wrong(node, path, owner, "keys with values");
        return null;
    }

    private object? Wrong(YamlNode node, string path, Place owner, string wanted) => node switch
    {
        YamlRefused => null,
        YamlText { IsEmpty: true } => Note(owner, path, $"the value is missing; expected {wanted}"),
        YamlText text => Note(text.Place, path, $"expected {wanted}, not '{Keys.Short(text.Value)}'"),
        YamlList => Note(node.Place, path, $"expected {wanted}, not a list"),
        _ => Note(node.Place, path, $"expected {wanted}, not keys with values"),
    };

    private object? Note(Place place, string path, string message)
    {
        problems.Add(place, path, message);
        return null;
    }

    /// <summary>The message for a number out of its range.</summary>
    public static string OutOfRange(string value, string unit, double min, double max) =>
        unit.EndsWith($"{Plain(min)}..{Plain(max)}", StringComparison.Ordinal) ? $"{Keys.Short(value)} is out of range: {unit}" : $"{Keys.Short(value)} is out of range: {unit}, from {Plain(min)} to {Plain(max)}";

    /// <summary>A number as people write it.</summary>
    public static string Plain(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}
