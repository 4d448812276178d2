using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Posiwid.Simulation.Engine;

/// <summary>
/// Memory for people as columns in blocks of eight. A block holds its columns one after the other, each a row of eight 4-byte numbers; a
/// <see cref="Roll"/> holds its blocks side by side in one run, so that what a week needs of a branch lies together and is fetched in one go.
/// Runs never move; those given back are used again before the store grows.
/// </summary>
/// <param name="columns">Columns of a person.</param>
public sealed unsafe class MemberBlocks(int columns)
{
    /// <summary>People in a block: as many 4-byte numbers as a vector of 256 bits holds, which every machine of today has (or a pair of 128).</summary>
    public const int Lanes = 8;

    private const int Line = 64, PageBlocks = 256, Shortest = 4;

    private readonly Lock guard = new();
    private readonly List<float[]> pages = []; // pinned, so that addresses stay good
    private readonly nint[] free = new nint[128]; // the last run given back, by its length; each begins with the address of the one before
    private float* next;
    private int left; // blocks of the last page from there on

    /// <summary>Columns of a person.</summary>
    public int Columns { get; } = columns > 0 ? columns : throw new ArgumentOutOfRangeException(nameof(columns));

    /// <summary>Numbers in a block.</summary>
    internal int BlockFloats => Columns * Lanes;

    /// <summary>Blocks in use.</summary>
    public int Count { get; private set; }

    /// <summary>Memory held, in bytes.</summary>
    public long Bytes { get; private set; }

    /// <summary>Blocks of the shortest run that holds so many: four to eight, then four lengths for each doubling. Many branches that grow at once thus leave few runs behind that nobody needs.</summary>
    internal static int Fit(int blocks) => blocks <= Shortest ? Shortest : (blocks + (1 << Doublings(blocks)) - 1) >> Doublings(blocks) << Doublings(blocks);

    private static int Doublings(int blocks) => Math.Max(0, BitOperations.Log2((uint)Math.Max(1, blocks - 1)) - 2);

    /// <summary>The runs of one length that wait to be used again.</summary>
    private ref nint Free(int blocks) => ref free[(4 * Doublings(blocks)) + (blocks >> Doublings(blocks))];

    /// <summary>Takes a run of blocks that begins on a cache line; what stands in it is left from its last use. Several threads may take and give back.</summary>
    /// <param name="blocks">How many, as <see cref="Fit"/> says.</param>
    internal float* Take(int blocks)
    {
        lock (guard)
        {
            Count += blocks;
            ref var run = ref Free(blocks);
            if (run != 0)
            {
                var again = (nint*)run;
                run = *again;
                return (float*)again;
            }

            if (left < blocks)
                AddPage(Math.Max(PageBlocks, blocks));
            var taken = next;
            next += Aligned(blocks * BlockFloats);
            left -= blocks;
            return taken;
        }
    }

    /// <summary>Gives a run back.</summary>
    internal void Give(float* run, int blocks)
    {
        lock (guard)
        {
            Count -= blocks;
            *(nint*)run = Free(blocks);
            Free(blocks) = (nint)run;
        }
    }

    /// <summary>Numbers rounded up to whole cache lines.</summary>
    private static int Aligned(int floats) => (floats + (Line / sizeof(float)) - 1) / (Line / sizeof(float)) * (Line / sizeof(float));

    private void AddPage(int blocks)
    {
        // a run of one block may end in the middle of a line, where the next cannot begin
        var page = GC.AllocateArray<float>((blocks * Aligned(BlockFloats)) + (Line / sizeof(float)), pinned: true);
        pages.Add(page);
        Bytes += page.Length * (long)sizeof(float);
        var address = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(page));
        next = (float*)((address + Line - 1) & ~(nint)(Line - 1));
        left = blocks;
    }
}
