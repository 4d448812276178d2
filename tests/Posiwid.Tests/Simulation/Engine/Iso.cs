using Posiwid.Simulation;
using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Scenarios;
using Posiwid.Tests.Simulation.Scenarios;
using Run = Posiwid.Simulation.Engine.Simulation;

namespace Posiwid.Tests.Simulation.Engine;

/// <summary>The flagship scenario for tests, and what is done to its runs.</summary>
internal static class Iso
{
    public static readonly MechanismInfo[] Mechanisms = [.. WeeklySchedule.Mechanisms.Select(make => MechanismInfo.Of(make().GetType()))];

    public static readonly string[] Ids = [.. Mechanisms.Select(m => m.Id)];

    public static readonly Scenario Scenario = ScenarioFile.Read(TestScenario.Iso, Mechanisms);

    public static readonly Setting Setting = Of(Scenario);

    public static Setting Of(Scenario scenario) => Setting.Of(scenario, new DataFiles(TestScenario.Iso));

    /// <summary>Starts a run with other doses: mechanism and dose.</summary>
    public static Changes Dosed(params (string Mechanism, double Dose)[] doses) =>
        With([.. doses.Select(d => (d.Mechanism, MechanismInfo.Dose, d.Dose))]);

    public static Changes With(params (string Mechanism, string Parameter, double Value)[] values) => new()
    {
        Mechanisms = values.GroupBy(v => v.Mechanism).ToDictionary(g => g.Key,
            g => (IReadOnlyDictionary<string, double>)g.ToDictionary(v => v.Parameter, v => v.Value)),
    };

    public static Run Start(ulong seed, Changes? changes = null, int threads = 1, Intents? intents = null) => new(Setting, seed, changes, threads, intents);

    public static Run Weeks(this Run run, int weeks)
    {
        for (var w = 0; w < weeks; w++)
            run.Step();
        return run;
    }

    public static ulong HashAfter(int weeks, ulong seed, Changes? changes = null, int threads = 1)
    {
        using var run = Start(seed, changes, threads);
        return run.Weeks(weeks).World.Hash();
    }

    /// <summary>All members of an organization, by identity, with the value of a column.</summary>
    public static Dictionary<ulong, float> Members(World world, int column, int organization = 0)
    {
        var members = new Dictionary<ulong, float>();
        foreach (var branch in world.Organizations[organization].Branches)
        {
            for (var p = 0; p < branch.Roll.Count; p++)
                members.Add(branch.IdAt(p), branch.Roll.At(p, column));
        }

        return members;
    }

    /// <summary>Stores the members of every branch in another order.</summary>
    public static void Shuffle(World world, Random random)
    {
        foreach (var branch in world.Branches)
        {
            for (var p = branch.Roll.Count - 1; p > 0; p--)
            {
                var q = random.Next(p + 1);
                for (var c = 0; c < Column.Count; c++)
                    (branch.Roll.At(p, c), branch.Roll.At(q, c)) = (branch.Roll.At(q, c), branch.Roll.At(p, c));
            }
        }
    }
}
