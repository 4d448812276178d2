using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Posiwid.Simulation.Engine;

/// <summary>
/// The members of one branch: member i sits in lane i mod 8 of block i / 8, and there are no holes. Joining, leaving and moving cost
/// the same in a branch of any size, but for the rare week in which its run of blocks gets too short. The order of the members has no meaning, and no result may depend on it.
/// </summary>
/// <param name="people">The memory that its members are kept in.</param>
public sealed unsafe class Roll(MemberBlocks people)
{
    private const int Lanes = MemberBlocks.Lanes;

    private readonly MemberBlocks people = people;
    private readonly int stride = people.BlockFloats;
    private float* blocks;
    private int capacity;

    /// <summary>The memory that its members are kept in.</summary>
    internal MemberBlocks People => people;

    /// <summary>Members.</summary>
    public int Count { get; private set; }

    /// <summary>Blocks that hold them.</summary>
    public int BlockCount => (Count + Lanes - 1) / Lanes;

    /// <summary>The first of the eight numbers of block number i in a column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref float Row(int i, int column) => ref *(blocks + ((nint)i * stride) + (column * Lanes));

    /// <summary><see cref="Row"/> of a column of whole numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref int IntRow(int i, int column) => ref Unsafe.As<float, int>(ref Row(i, column));

    /// <summary><see cref="Row"/> of a column of whole numbers without sign.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref uint UIntRow(int i, int column) => ref Unsafe.As<float, uint>(ref Row(i, column));

    /// <summary>All bits set in the lanes of block number i that hold a member.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<int> Mask(int i) => Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(Count - (i * Lanes)));

    /// <summary><see cref="Mask"/> for columns of fractions.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> FloatMask(int i) => Mask(i).AsSingle();

    /// <summary>A member's number in a column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref float At(int position, int column)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)position, (uint)Count, nameof(position));
        return ref Unsafe.Add(ref Row((int)((uint)position / Lanes), column), (uint)position % Lanes);
    }

    /// <summary>A member's whole number in a column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref int IntAt(int position, int column) => ref Unsafe.As<float, int>(ref At(position, column));

    /// <summary>A member's whole number without sign in a column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref uint UIntAt(int position, int column) => ref Unsafe.As<float, uint>(ref At(position, column));

    /// <summary>Fetches how many members there are and where they lie.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void FetchCount() => Fetch.Line(ref capacity);

    /// <summary>Asks the processor to fetch the members, for a model that has little of each and goes from branch to branch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch()
    {
        if (Count > 0)
            Fetch.Ask(blocks, BlockCount * stride);
    }

    /// <summary>Fetches the members.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void FetchMembers()
    {
        if (Count > 0)
            Fetch.Lines(ref Row(0, 0), BlockCount * stride);
    }

    /// <summary>Adds a member whose columns are all zero.</summary>
    /// <returns>The member's position.</returns>
    public int Add()
    {
        var position = Append();
        for (var c = 0; c < people.Columns; c++)
            At(position, c) = 0;
        return position;
    }

    /// <summary>Removes a member; the last one takes the position.</summary>
    public void RemoveAt(int position)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)position, (uint)Count, nameof(position));
        if (position != Count - 1)
            Copy(this, Count - 1, this, position);
        Count--;
        // one block to spare, so that a roll between two lengths does not move back and forth; none for a roll that is empty, perhaps for good
        if (Count % Lanes == 0 && (Count == 0 || MemberBlocks.Fit(BlockCount + 1) < capacity))
            Resize(BlockCount);
    }

    /// <summary>Moves a member to another roll; the last one takes the position left.</summary>
    /// <returns>The member's position in the other roll.</returns>
    public static int Move(Roll from, int position, Roll to)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)position, (uint)from.Count, nameof(position));
        var arrived = to.Append();
        Copy(from, position, to, arrived);
        from.RemoveAt(position);
        return arrived;
    }

    /// <summary>Removes everybody.</summary>
    public void Clear()
    {
        Count = 0;
        Resize(0);
    }

    /// <summary>Writes the members, for <see cref="Restore"/>. Bytes are little-endian.</summary>
    public void Save(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(Count);
        writer.Write(Bytes);
    }

    /// <summary>A roll as <see cref="Save"/> wrote it, with its members.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a roll, or too few.</exception>
    public static Roll Restore(BinaryReader reader, MemberBlocks people)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(people);
        var count = reader.ReadInt32();
        if (count < 0 || count > (long)int.MaxValue / sizeof(float) / people.Columns - Lanes)
            throw new InvalidDataException("A roll of the checkpoint cannot be read.");
        var roll = new Roll(people);
        roll.Resize((count + Lanes - 1) / Lanes);
        roll.Count = count;
        if (reader.BaseStream.ReadAtLeast(roll.Bytes, roll.Bytes.Length, throwOnEndOfStream: false) != roll.Bytes.Length)
            throw new InvalidDataException("The checkpoint ends too early.");
        return roll;
    }

    private Span<byte> Bytes => MemoryMarshal.AsBytes(new Span<float>(blocks, BlockCount * stride));

    private int Append()
    {
        if (Count == capacity * Lanes)
            Resize(capacity + 1);
        return Count++;
    }

    /// <summary>Moves the members to a run of at least so many blocks; the old one is given back.</summary>
    private void Resize(int atLeast)
    {
        var size = atLeast == 0 ? 0 : MemberBlocks.Fit(atLeast);
        if (size == capacity)
            return;
        var run = size == 0 ? null : people.Take(size);
        new Span<float>(blocks, BlockCount * stride).CopyTo(new Span<float>(run, size * stride));
        if (capacity > 0)
            people.Give(blocks, capacity);
        blocks = run;
        capacity = size;
    }

    private static void Copy(Roll from, int source, Roll to, int target)
    {
        ref var a = ref from.At(source, 0);
        ref var b = ref to.At(target, 0);
        for (var c = 0; c < from.people.Columns; c++)
            Unsafe.Add(ref b, c * Lanes) = Unsafe.Add(ref a, c * Lanes);
    }
}
