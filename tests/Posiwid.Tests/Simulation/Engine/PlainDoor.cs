using Posiwid.Benchmarks.RevolvingDoor;
using Posiwid.Simulation.Engine;

namespace Posiwid.Tests.Simulation.Engine;

/// <summary>The revolving door written down as plainly as it can be: a list of people, one after the other, phase by phase.</summary>
internal sealed class PlainDoor
{
    private readonly Draws _draws;
    private readonly int _branches;
    private List<Person> _people = [];
    private int _week;

    public PlainDoor(int people, ulong seed)
    {
        _draws = new Draws(seed);
        _branches = people / 25;
        for (int i = 0; i < people; i++)
        {
            float U(int draw) => _draws.Uniform(Door.Person, 0, (ulong)i, draw);
            _people.Add(new Person
            {
                Branch = i % _branches,
                Hope = 0.3f + 0.4f * U(0),
                Belief = 0.3f + 0.4f * U(1),
                Ties = U(2),
                Entry = -_draws.Index(156, Door.Person, 0, (ulong)i, 3),
                Slot = (uint)i,
            });
        }
    }

    public WeekRecord Step()
    {
        _week++;
        double environment = 0.4 * (float)Math.Sin(2 * Math.PI * (_week % 52) / 52) + 0.2 * _draws.Normal(Door.World, _week, 0);
        float asked = Deterministic.Logistic((float)(-1.4 + 0.8 * environment));
        (long[] hope, int[] size) = Sums();
        foreach (Person p in _people)
        {
            float activity = (float)(Deterministic.FromFixed(hope[p.Branch]) / (size[p.Branch] + 10));
            Rules.Live(activity, _draws.Uniform(Door.Person, _week, p.Id), _week - 1 - p.Entry, ref p.Hope, ref p.Belief, ref p.Ties);
        }

        List<Person> leavers = [.. _people.Where(p =>
            _draws.Uniform(Door.Person, _week, p.Id, 1) * (1 + Deterministic.Exp(Rules.Attachment(p.Hope, p.Belief, p.Ties))) < 1)];
        _people = [.. _people.Except(leavers)];
        (hope, size) = Sums();

        List<Person> joiners = [];
        for (int j = 0; j < _branches; j++)
        {
            int contacts = _draws.Poisson(0.25f * ((float)Deterministic.FromFixed(hope[j]) + 0.5f), Door.Contact, _week, (ulong)j);
            for (int c = 1; c <= contacts; c++)
            {
                if (_draws.Uniform(Door.Contact, _week, (ulong)j, c) >= asked * (1 - size[j] / 36f)) continue;
                var joiner = new Person { Branch = j, Entry = _week, Slot = (uint)(j << 8 | c) };
                float U(int draw) => _draws.Uniform(Door.Person, _week, joiner.Id, draw);
                (joiner.Hope, joiner.Belief, joiner.Ties) = (0.5f + 0.4f * U(0), 0.2f + 0.4f * U(1), 0.2f * U(2));
                joiners.Add(joiner);
            }
        }

        foreach (Person p in _people)
        {
            if (_draws.Uniform(Door.Person, _week, p.Id, 2) >= 0.001f) continue;
            int to = _draws.Index(_branches, Door.Person, _week, p.Id, 3);
            if (to != p.Branch) (p.Branch, p.Ties) = (to, 0.5f * p.Ties);
        }

        _people.AddRange(joiners);
        double n = Math.Max(1, _people.Count);
        return new WeekRecord(_people.Count, Deterministic.FromFixed(_people.Sum(p => (long)Deterministic.ToFixed(p.Hope))) / n,
            Deterministic.FromFixed(_people.Sum(p => (long)Deterministic.ToFixed(p.Belief))) / n, leavers.Count, leavers.Count(p => _week - p.Entry <= 26), joiners.Count);
    }

    public List<(int Branch, int Entry, uint Slot, float Hope, float Belief, float Ties)> Everybody() =>
        [.. _people.OrderBy(p => p.Entry).ThenBy(p => p.Slot).Select(p => (p.Branch, p.Entry, p.Slot, p.Hope, p.Belief, p.Ties))];

    private (long[] Hope, int[] Size) Sums()
    {
        long[] hope = new long[_branches];
        int[] size = new int[_branches];
        foreach (Person p in _people)
        {
            hope[p.Branch] += Deterministic.ToFixed(p.Hope);
            size[p.Branch]++;
        }

        return (hope, size);
    }

    private sealed class Person
    {
        public int Branch, Entry;
        public uint Slot;
        public float Hope, Belief, Ties;

        public ulong Id => (ulong)(uint)Entry << 32 | Slot;
    }
}
