using System.Reflection;
using System.Text.RegularExpressions;
using Posiwid.Simulation;
using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Tests.Conventions;

/// <summary>What every mechanism owes its readers; whoever adds one learns here what is missing.</summary>
public partial class EveryMechanismTests
{
    private static readonly Type[] Types = [.. typeof(WeeklySchedule).Assembly.GetTypes().Where(t => t.IsDefined(typeof(MechanismAttribute)))];

    private static readonly (Type Type, MechanismInfo Info)[] All = [.. Types.Select(t => (t, MechanismInfo.Of(t)))];

    [Fact]
    public void It_is_in_the_week_once() =>
        Assert.Equal(Types.Select(t => t.Name).Order(), WeeklySchedule.Mechanisms.Concat(WeeklySchedule.Variants).Select(make => make().GetType().Name).Order());

    [Fact]
    public void It_has_a_file_of_its_own() =>
        Assert.Empty(Types.Where(t => !File.Exists(Repository.PathOf($"src/Posiwid.Simulation/Mechanisms/{t.Name}.cs"))).Select(t => t.Name));

    [Fact]
    public void It_has_tests_of_its_own() => Assert.All(Types, t =>
    {
        var tests = typeof(EveryMechanismTests).Assembly.GetType($"Posiwid.Tests.Simulation.Mechanisms.{t.Name}Tests");
        Assert.True(tests?.GetMethods().Any(m => m.IsDefined(typeof(FactAttribute))), $"{t.Name}Tests is missing, or holds no test.");
    });

    [Fact]
    public void Its_name_and_the_address_of_its_draws_are_its_own()
    {
        Assert.All(All, m => Assert.Matches(Kebab(), m.Info.Id));
        Assert.Empty(All.GroupBy(m => (m.Info.Id, m.Info.Variant)).Where(g => g.Count() > 1).Select(g => g.Key));
        Assert.All(All.Where(m => m.Info.Variant.Length > 0), m => Assert.Contains(All, usual => usual.Info.Id == m.Info.Id && usual.Info.Variant.Length == 0));
        Assert.Empty(All.Where(m => m.Info.Variant.Length == 0).GroupBy(m => Draws.MechanismKey(m.Info.Id)).Where(g => g.Count() > 1).Select(g => string.Join(" and ", g.Select(m => m.Info.Id))));
    }

    [Fact]
    public void It_says_what_it_stands_for_and_what_it_does() => Assert.All(All, m =>
    {
        Assert.EndsWith(".", m.Info.Claim);
        Assert.NotEmpty(m.Info.Equation);
        Assert.NotEmpty(m.Info.Reads);
        Assert.NotEmpty(m.Info.Writes);
    });

    [Fact]
    public void Its_parameters_have_a_unit_a_meaning_and_a_default_in_range() => Assert.All(All, m => Assert.All(m.Info.Parameters, p =>
    {
        Assert.NotEmpty(p.Unit);
        Assert.EndsWith(".", p.Meaning);
        Assert.InRange(p.Default, p.Min, p.Max);
    }));

    [Fact]
    public void It_names_no_other_mechanism()
    {
        foreach (var type in Types)
        {
            var text = Comment().Replace(Repository.Text($"src/Posiwid.Simulation/Mechanisms/{type.Name}.cs"), "");
            Assert.Empty(Types.Where(other => other != type && Regex.IsMatch(text, $@"\bnew {other.Name}\b|\b{other.Name}\.[A-Z]\w*\(")).Select(other => $"{type.Name} names {other.Name}"));
        }
    }

    [GeneratedRegex("^[a-z]+(-[a-z]+)*$")]
    private static partial Regex Kebab();

    [GeneratedRegex("//.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();
}
