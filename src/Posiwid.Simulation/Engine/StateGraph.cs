using System.Collections;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Simulation.Engine;

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
    public static NotSupportedException Unknown(Type type) => new($"A checkpoint cannot save a {type}; say how in {nameof(StateWriter)} and {nameof(StateReader)}.");

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
        else if (type == typeof(Roll))
            text.AppendJoin(',', Column.Names).Append('\n');
        else if (type == typeof(OrganizationSpec) || type == typeof(MemberBlocks))
            return;
        else if (HasFields(type))
        {
            foreach (var field in FieldsOf(type))
            {
                text.Append(type).Append('.').Append(field.Name).Append(':').Append(field.FieldType).Append('\n');
                Describe(field.FieldType, text, seen);
            }
        }
        else if (!IsPlain(type) && type != typeof(string))
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
                writer.Write(people.Columns);
                break;
            case Roll roll:
                Value(typeof(MemberBlocks), roll.People);
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
            return Keep(new MemberBlocks(reader.ReadInt32()));
        if (type == typeof(Roll))
        {
            var number = objects.Count;
            Keep(type); // its place in the order, until its members' memory is known
            return objects[number] = Roll.Restore(reader, (MemberBlocks)Value(typeof(MemberBlocks))!);
        }

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
