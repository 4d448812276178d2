using Posiwid.Simulation.Engine;

namespace Posiwid.Simulation.Mechanisms;

/// <summary>Members pay dues, less where need is high; the paper brings a little.</summary>
[Mechanism("dues", "It requires a consistent base of dues payers, even if the membership is a revolving door.", "jay-2019",
    Equation = "income = paying share x (dues x members (1 - .5 need) + cadre dues x cadre (1 - .5 need)) + paper dollars an hour x hours of selling x public attention",
    Reads = "branch.census branch.hours organization.policy world.climate", Writes = "organization.money branch.yield")]
public sealed class Dues : Mechanism
{
    [Parameter("share 0..1", 0, 1, Origin.Source, "Share of dues that is really paid (of those who joined the SWP (UK) in 2017 a quarter took out a regular sub, S64; of those who stayed more, assumed).", Dosed = true)]
    public float PayingShare = 0.7f;

    [Parameter("USD/hour", 0, 100, Origin.Assumed, "What an hour of selling the paper brings.", Dosed = true)]
    public float PaperUsdPerHour = 0.8f;

    /// <inheritdoc/>
    public override void Branch(World world, Branch branch) =>
        branch.Brought[(Indicator.Money * Activity.Count) + Activity.PaperSale] += PaperUsdPerHour * branch.Hours[Activity.PaperSale] * world.PublicAttention;

    /// <inheritdoc/>
    public override void Center(World world, Organization organization)
    {
        var dues = world.Intents.State(world, Channel.Dues, (ulong)organization.Index, organization.Index, -1, 0, organization[PolicyItem.DuesUsdPerWeek]);
        var cadreDues = world.Intents.State(world, Channel.Dues, (ulong)organization.Index, organization.Index, -1, 1, organization[PolicyItem.CadreDuesUsdPerWeek]);
        var paid = (long)(100 * PayingShare * (dues * organization.Paying + cadreDues * organization.CadrePaying));
        var paper = (long)(100.0 * PaperUsdPerHour * organization.Hours[Activity.PaperSale] * world.PublicAttention);
        organization.IncomeCents += paid + paper;
        world.Observer?.Paid(world, organization, "dues", true, paid);
        world.Observer?.Paid(world, organization, "paper_sales", true, paper);
    }
}
