using System.Collections;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Posiwid.Records;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Simulation.Engine;

/// <summary>A checkpoint cannot be read; the message is one sentence for people.</summary>
public sealed class CheckpointException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// A run between two weeks as a file, from which it goes on with the same bits. All state stands in the <see cref="World"/>, and every field that
/// can be reached from it is saved, found by reflection: a new field is covered without a word here, and one of a kind that cannot be
/// saved is an error in the first test.
/// </summary>
/// <remarks>
/// What a run was started with is given again on resuming: the setting, the changes, the number of threads, the observer. Other changes make
/// another future of the same past. The log of intents, and the run that they are taken from, are saved.
/// <para>The file: "posiwid checkpoint", the version, the length of what follows, its SHA-256, and then the layout of the state, the hash
/// of the scenario, the seed and the state.</para>
/// </remarks>
public static class Checkpoint
{
    /// <summary>Version of the format.</summary>
    public const int Version = 1;

    private static readonly byte[] Magic = "posiwid checkpoint"u8.ToArray();

    private static readonly Lazy<byte[]> Layout = new(() => SHA256.HashData(Encoding.UTF8.GetBytes(StateLayout.Describe(typeof(World), typeof(Intents)))));

    /// <summary>Saves a run to a file: beside it first, then renamed.</summary>
    public static void Save(Simulation simulation, string path) => Aside.WriteFile(path, aside =>
    {
        using var stream = File.Create(aside);
        Save(simulation, stream);
    });

    /// <summary>Saves a run to a stream.</summary>
    public static void Save(Simulation simulation, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(simulation);
        ArgumentNullException.ThrowIfNull(stream);
        using var state = new MemoryStream();
        using (var writer = new BinaryWriter(state, Encoding.UTF8, leaveOpen: true))
        {
            var world = simulation.World;
            writer.Write(Layout.Value);
            writer.Write(HashOf(world.Setting));
            writer.Write(world.Draws.Seed);
            var graph = new StateWriter(writer, world.Setting.Organizations);
            graph.Root(world.Intents);
            graph.Root(world);
        }

        var bytes = state.GetBuffer().AsSpan(0, (int)state.Length);
        using var output = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        output.Write(Magic);
        output.Write(Version);
        output.Write(bytes.Length);
        output.Write(SHA256.HashData(bytes));
        output.Write(bytes);
    }

    /// <summary>Goes on with a run from a file.</summary>
    /// <exception cref="CheckpointException">The file cannot be read or used.</exception>
    public static Simulation Resume(string path, Setting setting, Changes? changes = null, int threads = 1, IRunObserver? observer = null)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return Resume(stream, setting, changes, threads, observer);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"{path} cannot be read: {error.Message}", error);
        }
    }

    /// <summary>Goes on with a run from a stream.</summary>
    /// <param name="stream">What <see cref="Save(Simulation, Stream)"/> wrote.</param>
    /// <param name="setting">The setting that the run was started with.</param>
    /// <param name="changes">The changes that the run was started with, or others.</param>
    /// <param name="threads">Threads for the members.</param>
    /// <param name="observer">Told of what happens to persons from now on.</param>
    /// <param name="intents">The door of decisions from now on; that of the saved run if left out.</param>
    /// <exception cref="CheckpointException">It is not a checkpoint, or a damaged one, or one of another version or scenario.</exception>
    public static Simulation Resume(Stream stream, Setting setting, Changes? changes = null, int threads = 1, IRunObserver? observer = null, Intents? intents = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(setting);
        using var reader = new BinaryReader(new MemoryStream(Content(stream)));
        if (!reader.ReadBytes(SHA256.HashSizeInBytes).AsSpan().SequenceEqual(Layout.Value))
            throw new CheckpointException("The checkpoint was written by another version of the program, whose state looks different.");
        if (!reader.ReadBytes(SHA256.HashSizeInBytes).AsSpan().SequenceEqual(HashOf(setting)))
            throw new CheckpointException("The checkpoint belongs to a run of another scenario.");
        var seed = reader.ReadUInt64();
        var graph = new StateReader(reader, setting.Organizations);
        var saved = new Intents(null);
        graph.Root(saved);
        var simulation = new Simulation(setting, seed, changes, threads, intents ?? saved, observer);
        graph.Root(simulation.World);
        intents?.Join(simulation.World);
        return simulation;
    }

    private static byte[] Content(Stream stream)
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        try
        {
            if (!reader.ReadBytes(Magic.Length).AsSpan().SequenceEqual(Magic))
                throw new CheckpointException("This is not a checkpoint of a run.");
            var version = reader.ReadInt32();
            if (version > Version)
                throw new CheckpointException($"The checkpoint has version {version}; this program reads version {Version}: get a newer program.");
            if (version != Version)
                throw new CheckpointException($"The checkpoint has version {version}; this program reads version {Version}.");
            var length = reader.ReadInt32();
            var hash = reader.ReadBytes(SHA256.HashSizeInBytes);
            if (length < 0)
                throw new CheckpointException("The checkpoint is damaged.");
            // read in parts, so that a damaged length does not ask for all the memory there is
            using var content = new MemoryStream();
            var part = new byte[1 << 16];
            while (content.Length < length && reader.Read(part, 0, (int)Math.Min(part.Length, length - content.Length)) is > 0 and var read)
                content.Write(part, 0, read);
            if (content.Length < length)
                throw new EndOfStreamException();
            var bytes = content.ToArray();
            return SHA256.HashData(bytes).AsSpan().SequenceEqual(hash) ? bytes : throw new CheckpointException("The checkpoint is damaged.");
        }
        catch (EndOfStreamException error)
        {
            throw new CheckpointException("The checkpoint ends too early.", error);
        }
    }

    private static readonly ConditionalWeakTable<Setting, byte[]> Hashes = [];

    /// <summary>Tells one setting from another: what the scenario states, and the world outside week by week. A setting does not change, so it is done once.</summary>
    private static byte[] HashOf(Setting setting) => Hashes.GetValue(setting, Hash);

    private static byte[] Hash(Setting setting)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(setting.Scenario));
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(setting.Climate));
        return hash.GetHashAndReset();
    }
}

/// <summary>What of the types of a state is saved, and how.</summary>
internal static class StateLayout
{
    private const BindingFlags All = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>Types of fields that a run is given when it starts, and again when it is resumed, or that only spare work.</summary>
    private static readonly Type[] Given = [typeof(Setting), typeof(Draws), typeof(Intents), typeof(IRunObserver), typeof(BranchStretches), typeof(Whereabouts)];

    private static readonly ConcurrentDictionary<Type, FieldInfo[]> Known = [];

    /// <summary>Fields of a type in the order of their names.</summary>
    public static FieldInfo[] FieldsOf(Type type) => Known.GetOrAdd(type, static t => t.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType)
        ? throw Unknown(t)
        : [.. t.GetFields(All).Where(f => !Given.Contains(f.FieldType)).OrderBy(f => f.Name, StringComparer.Ordinal)]);

    /// <summary>True for numbers and the like, which are written as their bytes.</summary>
    public static bool IsPlain(Type type) => type.IsPrimitive && type != typeof(nint) && type != typeof(nuint) || type.IsEnum;

    /// <summary>True for what has fields of its own.</summary>
    public static bool HasFields(Type type) =>
        !type.IsArray && !type.IsInterface && !type.IsPointer && !typeof(Delegate).IsAssignableFrom(type) && type != typeof(object)
        && (type.Namespace!.StartsWith("Posiwid", StringComparison.Ordinal) || IsTuple(type));

    /// <summary>True for lists and dictionaries.</summary>
    public static bool IsCollection(Type type, [NotNullWhen(true)] out Type[]? items)
    {
        items = type.IsGenericType && type.GetGenericTypeDefinition() is var generic && (generic == typeof(List<>) || generic == typeof(Dictionary<,>))
            ? type.GetGenericArguments() : null;
        return items is not null;
    }

    /// <summary>A kind of value that nobody has said how to save.</summary>
    public static NotSupportedException Unknown(Type type) => new($"A checkpoint cannot save a {type}; say how in {nameof(Checkpoint)}.");

    /// <summary>All fields that can be reached from some types, as text.</summary>
    public static string Describe(params Type[] roots)
    {
        var text = new StringBuilder();
        var seen = new HashSet<Type>();
        foreach (var root in roots)
            Describe(root, text, seen);
        return text.ToString();
    }

    private static void Describe(Type type, StringBuilder text, HashSet<Type> seen)
    {
        if (!seen.Add(type))
            return;
        if (type.IsEnum)
            text.Append(type).Append(':').AppendJoin(',', Enum.GetNames(type)).Append('\n');
        else if (type.IsArray)
            Describe(type.GetElementType()!, text, seen);
        else if (Nullable.GetUnderlyingType(type) is not null)
            throw Unknown(type);
        else if (IsCollection(type, out var items))
            Array.ForEach(items, item => Describe(item, text, seen));
        else if (type == typeof(MemberBlocks))
            text.AppendJoin(',', Column.Names).Append('\n');
        else if (HasFields(type) && type != typeof(OrganizationSpec))
        {
            foreach (var field in FieldsOf(type))
            {
                text.Append(type).Append('.').Append(field.Name).Append(':').Append(field.FieldType).Append('\n');
                Describe(field.FieldType, text, seen);
            }
        }
        else if (!IsPlain(type) && type != typeof(string) && type != typeof(OrganizationSpec))
            throw Unknown(type);
    }

    private static bool IsTuple(Type type) => type.IsGenericType && type.FullName!.StartsWith("System.ValueTuple`", StringComparison.Ordinal);
}

/// <summary>Writes values with all that they refer to; an object met again is written as its number.</summary>
internal sealed class StateWriter(BinaryWriter writer, IReadOnlyList<object> known)
{
    private readonly Dictionary<object, int> numbers = known.Select((o, i) => (o, i)).ToDictionary(o => o.o, o => o.i, ReferenceEqualityComparer.Instance);

    /// <summary>Writes an object that will be there when it is read.</summary>
    public void Root(object target)
    {
        numbers.Add(target, numbers.Count);
        Fields(target.GetType(), target);
    }

    private void Fields(Type type, object target)
    {
        foreach (var field in StateLayout.FieldsOf(type))
            Value(field.FieldType, field.GetValue(target));
    }

    private void Value(Type type, object? value)
    {
        if (StateLayout.IsPlain(type))
            writer.Write(Plain.Bytes(type, value!));
        else if (type.IsValueType && StateLayout.HasFields(type))
        {
            foreach (var field in StateLayout.FieldsOf(type))
                Value(field.FieldType, field.GetValue(value));
        }
        else if (type.IsValueType)
            throw StateLayout.Unknown(type);
        else if (value is null)
            writer.Write(-1);
        else if (numbers.TryGetValue(value, out var number))
            writer.Write(number);
        else
        {
            if (value.GetType() != type)
                throw StateLayout.Unknown(value.GetType());
            writer.Write(numbers.Count);
            numbers.Add(value, numbers.Count);
            Content(type, value);
        }
    }

    private void Content(Type type, object value)
    {
        switch (value)
        {
            case string text:
                writer.Write(text);
                break;
            case Array { Rank: 1 } array:
                Items(type.GetElementType()!, array, array.Length);
                break;
            case MemberBlocks people:
                people.Save(writer);
                break;
            case Roll roll:
                roll.Save(writer);
                break;
            case IDictionary dictionary when StateLayout.IsCollection(type, out var items):
                writer.Write(dictionary.Count);
                foreach (DictionaryEntry entry in dictionary)
                {
                    Value(items[0], entry.Key);
                    Value(items[1], entry.Value);
                }

                break;
            case IList list when StateLayout.IsCollection(type, out var items):
                Items(items[0], list, list.Count);
                break;
            default:
                if (!StateLayout.HasFields(type))
                    throw StateLayout.Unknown(type);
                Fields(type, value);
                break;
        }
    }

    private void Items(Type type, IEnumerable values, int count)
    {
        writer.Write(count);
        if (values is Array array && StateLayout.IsPlain(type))
            writer.Write(Plain.Bytes(array, type));
        else
        {
            foreach (var value in values)
                Value(type, value);
        }
    }
}

/// <summary>Reads what a <see cref="StateWriter"/> wrote.</summary>
internal sealed class StateReader(BinaryReader reader, IReadOnlyList<object> known)
{
    private readonly List<object> objects = [.. known];

    /// <summary>Fills an object that is there.</summary>
    public void Root(object target)
    {
        objects.Add(target);
        Fields(target.GetType(), target);
    }

    private void Fields(Type type, object target)
    {
        foreach (var field in StateLayout.FieldsOf(type))
            field.SetValue(target, Value(field.FieldType));
    }

    private object? Value(Type type)
    {
        if (StateLayout.IsPlain(type))
            return Plain.Value(type, reader);
        if (type.IsValueType)
        {
            var value = RuntimeHelpers.GetUninitializedObject(type);
            foreach (var field in StateLayout.FieldsOf(type))
                field.SetValue(value, Value(field.FieldType));
            return value;
        }

        var number = reader.ReadInt32();
        return number < 0 ? null : number < objects.Count ? objects[number] : Content(type);
    }

    private object Content(Type type)
    {
        if (type == typeof(string))
            return Keep(reader.ReadString());
        if (type == typeof(MemberBlocks))
            return Keep(MemberBlocks.Restore(reader));
        if (type == typeof(Roll))
            return Keep(Roll.Restore(reader));
        if (type.IsArray)
            return Items(type.GetElementType()!);
        if (StateLayout.IsCollection(type, out var items))
        {
            var collection = Keep(Activator.CreateInstance(type)!);
            for (var left = reader.ReadInt32(); left > 0; left--)
            {
                if (collection is IDictionary dictionary)
                    dictionary.Add(Value(items[0])!, Value(items[1]));
                else
                    ((IList)collection).Add(Value(items[0]));
            }

            return collection;
        }

        var value = Keep(RuntimeHelpers.GetUninitializedObject(type));
        Fields(type, value);
        return value;
    }

    private Array Items(Type type)
    {
        var array = (Array)Keep(Array.CreateInstance(type, reader.ReadInt32()));
        if (StateLayout.IsPlain(type))
            reader.BaseStream.ReadExactly(Plain.Bytes(array, type));
        else
        {
            for (var i = 0; i < array.Length; i++)
                array.SetValue(Value(type), i);
        }

        return array;
    }

    private object Keep(object value)
    {
        objects.Add(value);
        return value;
    }
}

/// <summary>Numbers as bytes, little-endian.</summary>
internal static class Plain
{
    /// <summary>The bytes of an array of numbers, in place.</summary>
    public static Span<byte> Bytes(Array array, Type type) =>
        MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference(array), array.Length * SizeOf(type));

    /// <summary>The bytes of a number.</summary>
    public static ReadOnlySpan<byte> Bytes(Type type, object value)
    {
        var one = Array.CreateInstance(type, 1);
        one.SetValue(value, 0);
        return Bytes(one, type);
    }

    /// <summary>Reads a number.</summary>
    public static object Value(Type type, BinaryReader reader) => type.IsEnum ? Enum.ToObject(type, Number(type, reader)) : Number(type, reader);

    private static object Number(Type type, BinaryReader reader) => Type.GetTypeCode(type) switch
    {
        TypeCode.Boolean => reader.ReadBoolean(),
        TypeCode.Byte => reader.ReadByte(),
        TypeCode.SByte => reader.ReadSByte(),
        TypeCode.Char => (char)reader.ReadUInt16(),
        TypeCode.Int16 => reader.ReadInt16(),
        TypeCode.UInt16 => reader.ReadUInt16(),
        TypeCode.Int32 => reader.ReadInt32(),
        TypeCode.UInt32 => reader.ReadUInt32(),
        TypeCode.Int64 => reader.ReadInt64(),
        TypeCode.UInt64 => reader.ReadUInt64(),
        TypeCode.Single => reader.ReadSingle(),
        TypeCode.Double => reader.ReadDouble(),
        _ => throw StateLayout.Unknown(type),
    };

    private static int SizeOf(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Boolean or TypeCode.Byte or TypeCode.SByte => 1,
        TypeCode.Char or TypeCode.Int16 or TypeCode.UInt16 => 2,
        TypeCode.Int32 or TypeCode.UInt32 or TypeCode.Single => 4,
        TypeCode.Int64 or TypeCode.UInt64 or TypeCode.Double => 8,
        _ => throw StateLayout.Unknown(type),
    };
}
