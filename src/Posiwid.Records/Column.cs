using System.Runtime.CompilerServices;

namespace Posiwid.Records;

/// <summary>One column of a table: a name and as many values as the table has rows.</summary>
public abstract class Column
{
    private protected Column(string name, Type type, bool nullable)
    {
        Name = name;
        Type = type;
        Nullable = nullable;
    }

    /// <summary>Name, as in the file.</summary>
    public string Name { get; }

    /// <summary>Type of one value.</summary>
    public Type Type { get; }

    /// <summary>True if a value may be missing.</summary>
    public bool Nullable { get; }

    /// <summary>Number of values.</summary>
    public int Count { get; private protected set; }

    /// <summary>Table whose key the values name; null if they name none.</summary>
    public string? RefersTo { get; internal init; }

    /// <summary>True if the value 0 names no row of <see cref="RefersTo"/> but the organization as a whole.</summary>
    public bool ZeroIsWhole { get; internal init; }

    /// <summary>True if the value at a row is missing.</summary>
    /// <param name="row">Row, from 0.</param>
    public virtual bool IsNull(int row) => false;

    /// <summary>Adds a value of the column's type, or none where one may be missing.</summary>
    internal void AddValue(object? value)
    {
        switch (this)
        {
            case TextColumn c: c.Add((string?)value); break;
            case OptionalColumn<DateOnly> c: c.Add((DateOnly?)value); break;
            case OptionalColumn<long> c: c.Add((long?)value); break;
            case OptionalColumn<double> c: c.Add((double?)value); break;
            case OptionalColumn<int> c: c.Add((int?)value); break;
            case OptionalColumn<sbyte> c: c.Add((sbyte?)value); break;
            case OptionalColumn<bool> c: c.Add((bool?)value); break;
            case Column<DateOnly> c: c.Add((DateOnly)value!); break;
            case Column<long> c: c.Add((long)value!); break;
            case Column<double> c: c.Add((double)value!); break;
            case Column<int> c: c.Add((int)value!); break;
            case Column<bool> c: c.Add((bool)value!); break;
            default: throw new NotSupportedException($"Column {Name} is of a type that is not read: {Type.Name}.");
        }
    }

    /// <summary>The value at a row; null if it is missing.</summary>
    internal object? ValueAt(int row) => IsNull(row) ? null : this switch
    {
        TextColumn c => c[row],
        Column<bool> c => c[row],
        Column<int> c => c[row],
        Column<long> c => c[row],
        Column<double> c => c[row],
        Column<DateOnly> c => c[row],
        OptionalColumn<sbyte> c => c[row],
        OptionalColumn<int> c => c[row],
        OptionalColumn<long> c => c[row],
        OptionalColumn<double> c => c[row],
        OptionalColumn<bool> c => c[row],
        OptionalColumn<DateOnly> c => c[row],
        _ => throw new NotSupportedException($"Column {Name} is of a type that is not written: {Type.Name}."),
    };

    /// <summary>Makes room for one more value; doubling keeps the cost of adding constant.</summary>
    private protected static void Grow<T>(ref T[] values, int count)
    {
        if (count == values.Length)
            Array.Resize(ref values, (int)Math.Min(Math.Max(16L, 2L * count), Array.MaxLength));
    }

    /// <summary>
    /// The value, with 0 for -0. The two are equal, so a database file that keeps a value once for many rows gives back either of them;
    /// a book that knows only one is the same in every format.
    /// </summary>
    private protected static T OneZero<T>(T value) where T : struct
    {
        if (typeof(T) == typeof(double))
            Unsafe.As<T, double>(ref value) += 0.0;
        else if (typeof(T) == typeof(float))
            Unsafe.As<T, float>(ref value) += 0f;
        return value;
    }
}

/// <summary>A column in which no value is missing.</summary>
/// <typeparam name="T">One of <see cref="bool"/>, <see cref="sbyte"/>, <see cref="int"/>, <see cref="long"/>,
/// <see cref="ulong"/>, <see cref="float"/>, <see cref="double"/> and <see cref="DateOnly"/>.</typeparam>
/// <param name="name">Name, as in the file.</param>
public sealed class Column<T>(string name) : Column(name, typeof(T), nullable: false) where T : struct
{
    private T[] _values = [];

    /// <summary>All values, in row order; valid until the next value is added.</summary>
    public ReadOnlySpan<T> Values => _values.AsSpan(0, Count);

    /// <summary>The value at a row.</summary>
    /// <param name="row">Row, from 0.</param>
    public T this[int row] => Values[row];

    /// <summary>Adds a value.</summary>
    public void Add(T value)
    {
        Grow(ref _values, Count);
        _values[Count++] = OneZero(value);
    }

    /// <summary>Adds many values.</summary>
    public void AddRange(ReadOnlySpan<T> values)
    {
        if (_values.Length - Count < values.Length)
            Array.Resize(ref _values, (int)Math.Min(Math.Max((long)Count + values.Length, 2L * Count), Array.MaxLength));
        foreach (var value in values)
            _values[Count++] = OneZero(value);
    }
}

/// <summary>A column in which values may be missing.</summary>
/// <typeparam name="T">A type that <see cref="Column{T}"/> takes.</typeparam>
/// <param name="name">Name, as in the file.</param>
public sealed class OptionalColumn<T>(string name) : Column(name, typeof(T), nullable: true) where T : struct
{
    private T[] _values = [];
    private bool[] _known = [];

    /// <summary>All values, in row order, the default value where <see cref="Known"/> is false; valid until the next value is added.</summary>
    public ReadOnlySpan<T> Values => _values.AsSpan(0, Count);

    /// <summary>True where there is a value; valid until the next value is added.</summary>
    public ReadOnlySpan<bool> Known => _known.AsSpan(0, Count);

    /// <summary>The value at a row, or null if it is missing.</summary>
    /// <param name="row">Row, from 0.</param>
    public T? this[int row] => Known[row] ? _values[row] : null;

    /// <inheritdoc/>
    public override bool IsNull(int row) => !Known[row];

    /// <summary>Adds a value, or null for a missing one.</summary>
    public void Add(T? value)
    {
        Grow(ref _values, Count);
        Grow(ref _known, Count);
        _values[Count] = OneZero(value.GetValueOrDefault());
        _known[Count++] = value.HasValue;
    }
}

/// <summary>A column of texts, kept as numbers into a list of the different texts.</summary>
/// <param name="name">Name, as in the file.</param>
/// <param name="nullable">True if a text may be missing.</param>
public sealed class TextColumn(string name, bool nullable = false) : Column(name, typeof(string), nullable)
{
    private readonly List<string> _texts = [];
    private readonly Dictionary<string, int> _codeOf = new(StringComparer.Ordinal);
    private int[] _codes = [];
    private string? _last;
    private int _lastCode = -1;

    /// <summary>The different texts, in the order in which they were first added.</summary>
    public IReadOnlyList<string> Texts => _texts;

    /// <summary>For every row the place of its text in <see cref="Texts"/>, -1 where it is missing; valid until the next text is added.</summary>
    public ReadOnlySpan<int> Codes => _codes.AsSpan(0, Count);

    /// <summary>The text at a row, or null if it is missing.</summary>
    /// <param name="row">Row, from 0.</param>
    public string? this[int row] => Codes[row] is var code and >= 0 ? _texts[code] : null;

    /// <inheritdoc/>
    public override bool IsNull(int row) => Codes[row] < 0;

    /// <summary>The place of a text in <see cref="Texts"/>, or -1 if it is not there.</summary>
    public int CodeOf(string text) => _codeOf.GetValueOrDefault(text, -1);

    /// <summary>Adds a text, or null for a missing one.</summary>
    /// <exception cref="ArgumentNullException">The text is null and the column is not <see cref="Column.Nullable"/>.</exception>
    public void Add(string? text)
    {
        if (text is null && !Nullable)
            throw new ArgumentNullException(nameof(text), $"Column {Name} needs a text in every row.");
        if (!ReferenceEquals(text, _last))
            (_last, _lastCode) = (text, text is null ? -1 : CodeFor(text));
        Grow(ref _codes, Count);
        _codes[Count++] = _lastCode;
    }

    private int CodeFor(string text)
    {
        if (!_codeOf.TryGetValue(text, out var code))
        {
            code = _texts.Count;
            _texts.Add(text);
            _codeOf.Add(text, code);
        }

        return code;
    }
}
