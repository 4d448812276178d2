using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Posiwid.Simulation.Engine;

/// <summary>
/// People as columns in blocks of sixteen. A block holds its columns one after the other, each a row of sixteen 4-byte numbers on one
/// cache line; all that a week needs of sixteen people lies together. Blocks never move; freed ones are used again before the store grows.
/// Who sits in which block is the business of a <see cref="Roll"/>.
/// </summary>
public sealed unsafe class MemberBlocks
{
    /// <summary>People in a block.</summary>
    public const int Lanes = 8;

    private const int RowBytes = Lanes * sizeof(float);
    private const int PageBits = 8, PageBlocks = 1 << PageBits;

    private readonly int _blockFloats;
    private readonly Lock _guard = new();
    private float[][] _arrays = []; // pinned, so that the addresses below stay good
    private nint[] _pages = []; // address of the first row of each page, a multiple of 64
    private int[] _free = [];
    private int _freeCount, _used;

    /// <summary>An empty store for people of the given number of columns.</summary>
    public MemberBlocks(int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        Columns = columns;
        _blockFloats = columns * Lanes;
    }

    /// <summary>Columns of a person.</summary>
    public int Columns { get; }

    /// <summary>Blocks in use.</summary>
    public int Count => _used - _freeCount;

    /// <summary>Memory held, in bytes.</summary>
    public long Bytes => _arrays.Length * (PageBlocks * (long)_blockFloats * sizeof(float) + RowBytes + 48) + _free.Length * sizeof(int);

    /// <summary>Takes a block; what stands in it is left from its last use. Several threads may take and give back.</summary>
    public int Allocate()
    {
        lock (_guard)
        {
            if (_freeCount > 0) return _free[--_freeCount];
            if (_used == _pages.Length * PageBlocks) AddPage();
            return _used++;
        }
    }

    /// <summary>Gives a block back.</summary>
    public void Free(int block)
    {
        lock (_guard)
        {
            if (_freeCount == _free.Length) Array.Resize(ref _free, Math.Max(64, _free.Length * 2));
            _free[_freeCount++] = block;
        }
    }

    /// <summary>The first of a block's sixteen numbers in a column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref float Row(int block, int column) =>
        ref *((float*)_pages[block >> PageBits] + (nint)((block & (PageBlocks - 1)) * _blockFloats + column * Lanes));

    /// <summary><see cref="Row"/> of a column of whole numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref int IntRow(int block, int column) => ref Unsafe.As<float, int>(ref Row(block, column));

    /// <summary><see cref="Row"/> of a column of whole numbers without sign.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref uint UIntRow(int block, int column) => ref Unsafe.As<float, uint>(ref Row(block, column));

    /// <summary>Asks the processor to fetch a block that will soon be needed; where it cannot be asked, nothing happens.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(int block) => Fetch.Lines(ref Row(block, 0), _blockFloats);

    /// <summary>Becomes a copy of another store with the same number of columns.</summary>
    public void CopyFrom(MemberBlocks other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Columns != Columns) throw new ArgumentException($"{other.Columns} columns cannot be copied to {Columns}.", nameof(other));
        while (_pages.Length < other._pages.Length) AddPage();
        for (int i = 0; i < other._pages.Length; i++) other.Page(i).CopyTo(Page(i));
        if (_free.Length < other._freeCount) _free = new int[other._free.Length];
        Array.Copy(other._free, _free, other._freeCount);
        (_freeCount, _used) = (other._freeCount, other._used);
    }

    /// <summary>Writes everything, for <see cref="Restore"/>. Bytes are little-endian.</summary>
    public void Save(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(Columns);
        writer.Write(_used);
        writer.Write(_freeCount);
        for (int i = 0; i < _freeCount; i++) writer.Write(_free[i]);
        for (int i = 0; i * PageBlocks < _used; i++)
            writer.Write(MemoryMarshal.AsBytes(Page(i)[..(Math.Min(PageBlocks, _used - i * PageBlocks) * _blockFloats)]));
    }

    /// <summary>A store as <see cref="Save"/> wrote it.</summary>
    /// <exception cref="InvalidDataException">The bytes are not such a store, or too few.</exception>
    public static MemberBlocks Restore(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        int columns = reader.ReadInt32(), used = reader.ReadInt32(), free = reader.ReadInt32();
        if (columns is < 1 or > 4096 || used < 0 || free < 0 || free > used) throw new InvalidDataException("The people of the checkpoint cannot be read.");
        var blocks = new MemberBlocks(columns) { _free = new int[free], _freeCount = free };
        for (int i = 0; i < free; i++) blocks._free[i] = reader.ReadInt32();
        for (int i = 0; i * PageBlocks < used; i++)
        {
            blocks.AddPage();
            Span<byte> bytes = MemoryMarshal.AsBytes(blocks.Page(i)[..(Math.Min(PageBlocks, used - i * PageBlocks) * blocks._blockFloats)]);
            if (reader.Read(bytes) != bytes.Length) throw new InvalidDataException("The checkpoint ends too early.");
        }

        blocks._used = used;
        return blocks;
    }

    private Span<float> Page(int i) => new((float*)_pages[i], PageBlocks * _blockFloats);

    private void AddPage()
    {
        float[] array = GC.AllocateArray<float>(PageBlocks * _blockFloats + Lanes, pinned: true);
        nint address = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(array));
        _arrays = [.. _arrays, array];
        _pages = [.. _pages, (address + RowBytes - 1) & ~(nint)(RowBytes - 1)];
    }
}
