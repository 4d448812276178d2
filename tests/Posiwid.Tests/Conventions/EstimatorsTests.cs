using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Posiwid.Purpose;

namespace Posiwid.Tests.Conventions;

/// <summary>Every line of evidence and every statistic says what it computes, in what, on what assumptions, who published it and where it misleads.</summary>
public partial class EstimatorsTests
{
    /// <summary>What estimates nothing by itself, and why.</summary>
    private static readonly Dictionary<string, string> Helpers = new()
    {
        ["SpellTable"] = "puts spells in order for those who estimate from them",
        ["SurvivalCurve"] = "is what KaplanMeier gives, where all of it is said",
        ["CumulativeIncidence"] = "is what AalenJohansen gives, where all of it is said",
        ["Philox"] = "makes random numbers",
    };

    private static readonly Dictionary<string, string> Documented = XDocument.Load(Path.Combine(AppContext.BaseDirectory, "Posiwid.Purpose.xml")).Descendants("member")
        .Where(m => m.Attribute("name")!.Value.StartsWith("T:", StringComparison.Ordinal)).ToDictionary(m => m.Attribute("name")!.Value[2..], m => Blanks().Replace(m.Value, " "));

    /// <summary>Public types other than enumerations and other than records that only hold figures: what goes in and what comes out.</summary>
    private static readonly Type[] Computing = [.. typeof(Estimate).Assembly.GetExportedTypes()
        .Where(t => t is { Namespace: "Posiwid.Purpose.Lines" or "Posiwid.Purpose.Statistics", IsEnum: false, IsNested: false } && (!IsRecord(t) || HasOwnStatics(t)))];

    public static TheoryData<string> Estimators => [.. Computing.Where(t => !Helpers.ContainsKey(t.Name)).Select(t => t.FullName!).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Estimators))]
    public void Says_what_it_is_and_where_it_misleads(string type)
    {
        var text = Documented[type];
        foreach (var (what, form) in new[] { ("Estimator", Estimator()), ("Units", Units()), ("Assumes", Assumes()), ("Misleads", Misleads()), ("a source with its year", Source()) })
            Assert.True(form.IsMatch(text), $"The documentation of {type} does not say: {what}.");
    }

    [Fact]
    public void Helpers_exist_and_there_are_many_estimators()
    {
        Assert.Empty(Helpers.Keys.Except(Computing.Select(t => t.Name)));
        Assert.InRange(Estimators.Count, 40, 1000);
    }

    private static bool IsRecord(Type type) => type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly) is not null;

    private static bool HasOwnStatics(Type type) => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly).Any(m => !m.IsSpecialName);

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"\bEstimator: \S")]
    private static partial Regex Estimator();

    [GeneratedRegex(@"\bUnits: \S")]
    private static partial Regex Units();

    [GeneratedRegex(@"\bAssumes: \S")]
    private static partial Regex Assumes();

    [GeneratedRegex(@"\bMisleads(, and is not computed)?: \S")]
    private static partial Regex Misleads();

    /// <summary>A name and the year after it, such as (Holm 1979), Newey and West (1987), or Gaynor et al. 1993.</summary>
    [GeneratedRegex(@"\p{Lu}[\p{L}'-]+( et al\.| and others)?,? \(?(1[89]|20)\d\d\b")]
    private static partial Regex Source();
}
