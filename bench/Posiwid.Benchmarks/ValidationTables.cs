using System.Globalization;
using System.Text;
using Posiwid.Purpose.KnownSystems;

namespace Posiwid.Benchmarks;

/// <summary>How often the instrument finds what is planted and what is not: prints the tables of docs/validation.md. <c>validation [profiles]</c>.</summary>
internal static class ValidationTables
{
    public static int Run(string[] args)
    {
        // profiles are made beside one another; what is within one stays on its thread
        MathNet.Numerics.Control.UseSingleThread();
        var profiles = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 400;
        var text = new StringBuilder();
        Systems(text);
        KnownOrganization[] all = [KnownOrganization.GrowthSect, KnownOrganization.MutualAid, KnownOrganization.Endowment, KnownOrganization.RandomActor];
        text.AppendLine(CultureInfo.InvariantCulture, $"\n### What is called a purpose\n\nShare of {profiles} profiles, each of 20 paired seeds.\n");
        text.AppendLine("| organization | end | planted | defense | necessity | choice | a purpose | most frequent verdict |\n|---|---|---|---|---|---|---|---|");
        var falses = new List<ValidationResult>();
        foreach (var organization in all)
        {
            var found = Validation.Of(organization, 20, profiles);
            falses.Add(found);
            foreach (var end in KnownOrganization.Ends.Append("placebo"))
            {
                var planted = (organization.Wants.Contains(end), organization.LivesOn.Contains(end)) switch
                {
                    (true, true) => "wanted, lived on",
                    (true, _) => "wanted",
                    (_, true) => "lived on",
                    _ => "",
                };
                var (defense, necessity, choice) = found.Support[end];
                var word = found.Verdicts[end].MaxBy(v => v.Value);
                text.AppendLine($"| {organization.Name} | {end} | {planted} | {Share(defense)} | {Share(necessity)} | {Share(choice)} | {Share(found.Purpose(end))} | {word.Key} {Share(word.Value)} |");
            }
        }

        text.AppendLine("\n### Anything false\n\nShare of profiles in which any line supports any end that is neither wanted nor lived on (aim: 5% at most).\n");
        text.AppendLine("| organization | pairs | profiles | anything false | 95% interval |\n|---|---|---|---|---|");
        foreach (var found in falses)
            text.AppendLine(Falses(found));
        foreach (var pairs in new[] { 5, 10, 40 })
            text.AppendLine(Falses(Validation.Of(KnownOrganization.RandomActor, pairs, profiles)));

        text.AppendLine(CultureInfo.InvariantCulture, $"\n### Power\n\nShare of {profiles / 4} profiles that call members (wanted and lived on) and unity (only wanted) of the growth sect a purpose, by how strongly it answers and by paired seeds.\n");
        text.AppendLine("| strength | true D of members | pairs | members | unity | defense of members | choice of members |\n|---|---|---|---|---|---|---|");
        foreach (var strength in new[] { 0.05, 0.1, 0.2, 0.4, 1 })
        {
            var organization = KnownOrganization.GrowthSect with { Strength = strength };
            var many = organization.Data(1000, 12345).Defense.First(d => d.End == "members" && d.Dose < 0);
            var d = Posiwid.Purpose.Lines.Defense.Of(many).Share.Value!.Value;
            foreach (var pairs in new[] { 5, 10, 20, 40, 80 })
            {
                var found = Validation.Of(organization, pairs, profiles / 4);
                text.AppendLine($"| {strength.ToString(CultureInfo.InvariantCulture)} | {d.ToString("0.00", CultureInfo.InvariantCulture)} | {pairs} | {Share(found.Purpose("members"))} | {Share(found.Purpose("unity"))} | {Share(found.Support["members"].Defense)} | {Share(found.Support["members"].Choice)} |");
            }
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"\n### What choices show to be learned\n\nShare of {5 * profiles} sets of decisions in which an attribute of alternatives speaks for its end (5%), by its true weight in the first and the second half of them. Forty deciders.\n");
        text.AppendLine("| decisions, each half | .6, then .6 | .6, then .2 | 0, then 0 | 0, then .6 |\n|---|---|---|---|---|");
        foreach (var decisions in new[] { 100, 200, 400 })
        {
            var learned = Validation.Learning(decisions, 40, 5 * profiles);
            text.AppendLine($"| {decisions} | {Percent(learned["stays"])} | {Percent(learned["fades"])} | {Percent(learned["nothing"])} | {Percent(learned["learned"])} |");
        }

        Console.Write(text);
        return 0;
    }

    internal static void Systems(StringBuilder text)
    {
        text.AppendLine("### Systems of which it is known what they hold\n\n200 paired seeds, a blow of -3, 60 weeks.\n");
        text.AppendLine("| system | tested | D | 95% | by itself after 20 weeks | by acting after 20 weeks | D blinded | D late, lasting push | in words |\n|---|---|---|---|---|---|---|---|---|");
        foreach (var system in ControlSystems.All)
        {
            foreach (var (variable, disturbance, dose) in Blows(system))
            {
                var result = Posiwid.Purpose.Lines.Defense.Of(system.Try(variable, disturbance, dose, weeks: system.Name == "homeostat" ? 600 : 60), displacement: variable == disturbance ? dose : null);
                var late = Posiwid.Purpose.Lines.Defense.Of(system.Try(variable, disturbance, dose / 10, lasts: true)).Late;
                var recovery = result.Recovery.Count > 20 ? result.Recovery[20] : (double.NaN, double.NaN);
                string Figure(double? value) => value is { } v && double.IsFinite(v) ? (Math.Round(v, 3) + 0.0).ToString("0.000", CultureInfo.InvariantCulture) : "";
                text.AppendLine($"| {system.Name} | {variable}{(variable == disturbance ? "" : $", hit by {disturbance}")}{(dose > 0 && variable == "q" ? ", blow of +3" : "")} | {Figure(result.Share.Value)} | {(result.Share.Low is { } low ? $"{Figure(low)} to {Figure(result.Share.High)}" : "")} | "
                    + $"{Figure(recovery.Item1)} | {Figure(recovery.Item2)} | {Figure(result.Blind.Value)} | {(disturbance == "q" ? Figure(late.Value) : "")} | {result.Word} |");
            }
        }
    }

    private static IEnumerable<(string Variable, string Disturbance, double Dose)> Blows(ControlSystem system) => system.Name switch
    {
        "one-sided" => [("q", "q", -3), ("q", "q", 3)],
        "income from dues" => [("income", "members", -3), ("members", "members", -3), ("income", "dues", -0.2), ("members", "dues", -0.2)],
        "homeostat" => [("out_of_bounds", "polarity", 1)],
        "ledger" => [("balance", "loss", -3), ("cash", "loss", -3)],
        _ => [("q", "q", -3)],
    };

    private static string Falses(ValidationResult found)
    {
        var interval = Posiwid.Purpose.Statistics.Proportion.Wilson((int)Math.Round(found.AnyFalse * found.Profiles), found.Profiles);
        return $"| {found.Organization.Name} | {found.Pairs} | {found.Profiles} | {Percent(found.AnyFalse)} | {Percent(interval.Low!.Value)} to {Percent(interval.High!.Value)} |";
    }

    private static string Share(double share) => share.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Percent(double share) => share.ToString("0.0%", CultureInfo.InvariantCulture);
}
