using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Posiwid.Simulation.Engine;

namespace Posiwid.Benchmarks.RevolvingDoor;

/// <summary>What phase 7 records.</summary>
public readonly record struct WeekRecord(int Size, double MeanHope, double MeanBelief, int Leavers, int EarlyLeavers, int Joiners);

/// <summary>
/// The revolving door (<c>bench/RevolvingDoor/revolving-door.md</c>) on the engine's primitives, branch by branch and eight people at a time.
/// State is single precision; sums over people are in fixed point, so that neither the order of people nor the number of threads can be seen in the
/// result. A person's draws are addressed by (seed; week, person): one block of four words gives wobble, leaving, moving and where to. A person
/// is the pair (week of entry, slot), and tenure is the time since that week.
/// </summary>
public sealed class Door : IDisposable
{
    internal const int Hope = 0, Belief = 1, Ties = 2, Entry = 3, Slot = 4, Columns = 5;
    private const int Lanes = MemberBlocks.Lanes;
    internal static readonly ushort Person = Draws.MechanismKey("person"), Contact = Draws.MechanismKey("contact"), World = Draws.MechanismKey("world");

    private readonly Draws _draws;
    private readonly int[] _hope; // of each branch, in fixed point: the people of this moment
    private readonly Part[] _parts;
    private readonly Crew _crew;
    private readonly Action<int> _live;
    private readonly int _each; // branches of a part, a multiple of eight
    private float _askedJoins;

    /// <summary>The start: people in order of their numbers, or in the order given.</summary>
    public Door(int people, ulong seed, int threads = 1, int[]? order = null)
    {
        _draws = new Draws(seed);
        Rolls = new Roll[people / 25];
        _hope = new int[Rolls.Length];
        _parts = new Part[threads];
        int groups = (Rolls.Length + Lanes - 1) / Lanes;
        _each = (groups + threads - 1) / threads * Lanes;
        for (int i = 0; i < threads; i++)
            _parts[i] = new Part(Math.Min(i * _each, Rolls.Length), Math.Min((i + 1) * _each, Rolls.Length), people);
        for (int j = 0; j < Rolls.Length; j++) Rolls[j] = new Roll(_parts[PartOf(j)].People);
        for (int n = 0; n < people; n++)
        {
            int i = order is null ? n : order[n];
            int tenure = _draws.Index(156, Person, 0, (ulong)i, 3);
            float hope = 0.3f + 0.4f * _draws.Uniform(Person, 0, (ulong)i), belief = 0.3f + 0.4f * _draws.Uniform(Person, 0, (ulong)i, 1);
            Enter(_parts[PartOf(i % Rolls.Length)], new Traveler(i % Rolls.Length, hope, belief, _draws.Uniform(Person, 0, (ulong)i, 2), -tenure, (uint)i));
        }

        _crew = new Crew(threads);
        _live = i => Live(_parts[i]);
        Size = people;
    }

    /// <summary>Weeks done.</summary>
    public int Week { get; private set; }

    /// <summary>People.</summary>
    public int Size { get; private set; }

    /// <summary>The branches.</summary>
    public Roll[] Rolls { get; }

    /// <summary>Memory of the people and their branches in bytes, without the runtime's own.</summary>
    public long Bytes => _parts.Sum(p => p.People.Bytes);

    /// <summary>One week, phases 1 to 7.</summary>
    public WeekRecord Step()
    {
        Week++;
        double environment = 0.4 * (float)Math.Sin(2 * Math.PI * (Week % 52) / 52) + 0.2 * _draws.Normal(World, Week, 0);
        _askedJoins = Deterministic.Logistic((float)(-1.4 + 0.8 * environment));
        _crew.Run(_live);

        int leavers = 0, early = 0, joiners = 0;
        long hope = 0, belief = 0;
        foreach (Part part in _parts)
        {
            foreach (Traveler mover in part.Movers) Enter(_parts[PartOf(mover.Branch)], mover);
            leavers += part.Leavers;
            early += part.Early;
            joiners += part.Joiners;
            hope += part.HopeSum;
            belief += part.BeliefSum;
        }

        Size += joiners - leavers;
        double people = Math.Max(1, Size);
        return new WeekRecord(Size, Deterministic.FromFixed(hope) / people, Deterministic.FromFixed(belief) / people, leavers, early, joiners);
    }

    /// <summary>Calls back with every person's branch, entry, slot, hope, belief and ties.</summary>
    public void ForEach(Action<int, int, uint, float, float, float> visit)
    {
        for (int j = 0; j < Rolls.Length; j++)
        {
            Roll roll = Rolls[j];
            for (int i = 0; i < roll.Count; i++)
                visit(j, roll.IntAt(i, Entry), roll.UIntAt(i, Slot), roll.At(i, Hope), roll.At(i, Belief), roll.At(i, Ties));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _crew.Dispose();

    private int PartOf(int branch) => branch / _each;

    private void Enter(Part part, in Traveler person)
    {
        Roll roll = Rolls[person.Branch];
        int position = roll.Add();
        roll.At(position, Hope) = person.Hope;
        roll.At(position, Belief) = person.Belief;
        roll.At(position, Ties) = person.Ties;
        roll.IntAt(position, Entry) = person.Entry;
        roll.UIntAt(position, Slot) = person.Slot;
        _hope[person.Branch] += Deterministic.ToFixed(person.Hope);
    }

    /// <summary>Phases 2 to 5 of a part's branches, eight branches at a time, and the first half of 6: movers leave and wait in <see cref="Part.Movers"/>.</summary>
    private void Live(Part part)
    {
        part.Begin();
        for (int first = part.From; first < part.To; first += Lanes)
        {
            Members(part, first, Math.Min(first + Lanes, part.To));
            Recruit(part, first);
        }
    }

    /// <summary>Phases 2 to 4, and 6.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Members(Part part, int first, int end)
    {
        for (int j = first; j < end; j++)
        {
            Roll roll = Rolls[j];
            if (j + 2 < part.To) Rolls[j + 2].Prefetch();
            int before = roll.Count, leavers = 0, hopeMoved = 0;
            Vector256<float> lift = Vector256.Create(0.18f * (float)(Deterministic.FromFixed(_hope[j]) / (before + 10)));
            Vector256<int> hopes = default, beliefs = default;
            for (int i = roll.BlockCount - 1; i >= 0; i--)
            {
                ref float row = ref roll.Row(i, 0);
                Vector256<int> entry = Vector256.LoadUnsafe(ref roll.IntRow(i, Entry));
                Vector256<uint> slot = Vector256.LoadUnsafe(ref roll.UIntRow(i, Slot));
                _draws.Words(Person, Week, slot, entry.AsUInt32(), 0,
                    out Vector256<uint> wobble, out Vector256<uint> leaving, out Vector256<uint> moving, out Vector256<uint> where);

                // Phase 3; Rules.Live says the same for one person.
                Vector256<float> one = Vector256<float>.One;
                Vector256<float> h = Vector256.LoadUnsafe(ref row, Hope * Lanes);
                Vector256<float> b = Vector256.LoadUnsafe(ref row, Belief * Lanes);
                Vector256<float> k = Vector256.LoadUnsafe(ref row, Ties * Lanes);
                Vector256<int> tenure = Vector256.Create(Week) - entry; // with this week
                Vector256<float> w = Vector256.ConvertToSingle(tenure) - one, u = Draws.Unit(wobble);
                h = h - 0.05f * h + lift * (one - h) + 0.05f * (u + u - one);
                h = Vector256.MinNative(Vector256.MaxNative(h, Vector256<float>.Zero), one);
                b += 0.05f * (0.6f * h + 0.4f * w / (w + Vector256.Create(52f)) - b);
                k += 0.02f * (one - k);
                h.StoreUnsafe(ref row, Hope * Lanes);
                b.StoreUnsafe(ref row, Belief * Lanes);
                k.StoreUnsafe(ref row, Ties * Lanes);

                // Phase 4: u < 1 / (1 + e^x), without the division.
                Vector256<float> attachment = Vector256.Create(1.6f) + 2f * b + 1.5f * h + 1.5f * k;
                Vector256<int> member = roll.Mask(i);
                Vector256<int> leave = Vector256.LessThan(Draws.Unit(leaving) * (one + Deterministic.Exp(attachment)), one).AsInt32() & member;
                Vector256<int> stay = Vector256.AndNot(member, leave);
                Vector256<int> move = Vector256.LessThan(Draws.Unit(moving), Vector256.Create(0.001f)).AsInt32() & stay;
                hopes += Deterministic.ToFixed(h) & stay;
                beliefs += Deterministic.ToFixed(b) & stay;

                uint leaves = (uint)leave.ExtractMostSignificantBits(), moves = (uint)move.ExtractMostSignificantBits();
                if ((leaves | moves) == 0) continue;
                leavers += BitOperations.PopCount(leaves);
                part.Early += BitOperations.PopCount(leaves & (uint)Vector256.LessThanOrEqual(tenure, Vector256.Create(26)).ExtractMostSignificantBits());
                for (uint rest = leaves | moves; rest != 0;)
                {
                    int lane = BitOperations.Log2(rest), position = i * Lanes + lane;
                    rest ^= 1u << lane;
                    if ((moves >> lane & 1) != 0)
                    {
                        int to = (int)((ulong)where[lane] * (uint)Rolls.Length >> 32);
                        if (to == j) continue;
                        part.Movers.Add(new Traveler(to, h[lane], b[lane], 0.5f * k[lane], entry[lane], slot[lane]));
                        hopeMoved += Deterministic.ToFixed(h[lane]);
                    }

                    roll.RemoveAt(position);
                }
            }

            part.Stayed[j - first] = before - leavers;
            part.HopeStayed[j - first] = Vector256.Sum(hopes);
            part.Leavers += leavers;
            part.HopeSum += Vector256.Sum(hopes);
            part.BeliefSum += Vector256.Sum(beliefs);
            _hope[j] = Vector256.Sum(hopes) - hopeMoved;
        }
    }

    /// <summary>
    /// Phase 5 of eight branches. A branch's draw 0 is the number of its contacts, draw c whether contact c joins; who a joiner is
    /// comes from the joiner's own draws.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Recruit(Part part, int first)
    {
        Vector256<uint> branch = Vector256.Create((uint)first) + Vector256<uint>.Indices;
        Vector256<int> inPart = Vector256.LessThan(branch.AsInt32(), Vector256.Create(part.To));
        Vector256<float> hope = Vector256.ConvertToSingle(Vector256.Create(part.HopeStayed)) * (1f / (1 << Deterministic.FixedBits));
        Vector256<float> room = Vector256<float>.One - Vector256.ConvertToSingle(Vector256.Create(part.Stayed)) / 36f;
        Vector256<float> chance = _askedJoins * room; // no draw is below a negative chance
        Vector256<int> contacts = default;
        for (int draw = 0; ; draw += 4)
        {
            _draws.Words(Contact, Week, branch, default, draw,
                out Vector256<uint> r0, out Vector256<uint> r1, out Vector256<uint> r2, out Vector256<uint> r3);
            if (draw == 0) contacts = Draws.InversePoisson(0.25f * (hope + Vector256.Create(0.5f)), r0) & inPart;
            else Enter(part, first, draw, Joining(r0, draw, chance, contacts));
            Enter(part, first, draw + 1, Joining(r1, draw + 1, chance, contacts));
            Enter(part, first, draw + 2, Joining(r2, draw + 2, chance, contacts));
            Enter(part, first, draw + 3, Joining(r3, draw + 3, chance, contacts));
            if (!Vector256.GreaterThanAny(contacts, Vector256.Create(draw + 3))) return;
        }
    }

    /// <summary>One bit for each of eight branches whose contact of this number joins.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Joining(Vector256<uint> word, int contact, Vector256<float> chance, Vector256<int> contacts) =>
        (uint)(Vector256.LessThan(Draws.Unit(word), chance).AsInt32() & Vector256.GreaterThanOrEqual(contacts, Vector256.Create(contact)))
            .ExtractMostSignificantBits();

    private void Enter(Part part, int first, int contact, uint joining)
    {
        for (; joining != 0; joining &= joining - 1)
        {
            int branch = first + BitOperations.TrailingZeroCount(joining);
            uint slot = (uint)(branch << 8 | contact);
            _draws.Words(Person, Week, (ulong)Week << 32 | slot, 0, out uint r0, out uint r1, out uint r2, out uint _);
            var joiner = new Traveler(branch, 0.5f + 0.4f * Draws.Unit(r0), 0.2f + 0.4f * Draws.Unit(r1), 0.2f * Draws.Unit(r2), Week, slot);
            Enter(part, joiner);
            part.HopeSum += Deterministic.ToFixed(joiner.Hope);
            part.BeliefSum += Deterministic.ToFixed(joiner.Belief);
            part.Joiners++;
        }
    }

    /// <summary>A person on the way into a branch.</summary>
    private readonly record struct Traveler(int Branch, float Hope, float Belief, float Ties, int Entry, uint Slot);

    /// <summary>A range of branches with their people: what one thread works on.</summary>
    private sealed class Part(int from, int to, int people)
    {
        public readonly int From = from, To = to;
        public readonly MemberBlocks People = new(Columns);
        public readonly List<Traveler> Movers = new(64 + people / 200);
        public int Leavers, Early, Joiners;
        public readonly int[] Stayed = new int[Lanes], HopeStayed = new int[Lanes]; // of the eight branches at work
        public long HopeSum, BeliefSum;

        public void Begin()
        {
            Movers.Clear();
            (Leavers, Early, Joiners, HopeSum, BeliefSum) = (0, 0, 0, 0, 0);
        }
    }
}
