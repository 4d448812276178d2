using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Mechanisms;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Tests.Simulation.Mechanisms;

public class ContactMakingTests
{
    /// <summary>Contacts per week that a branch makes with so many hours of one activity.</summary>
    private static float Rate(MilieuKind kind, int activity, float hours, float moment = 0, double weight = 1, float scale = 1)
    {
        var tiny = new Tiny(kind, weight: weight).Wind(Clock.Contact, 8);
        tiny.World.Moment = moment;
        tiny.Branch.Hours[activity] = hours;
        Week(tiny, new ContactMaking { Scale = scale });
        return 8 - tiny.Left(Clock.Contact);
    }

    private static void Week(Tiny tiny, ContactMaking making)
    {
        making.Outside(tiny.World);
        making.Branch(tiny.World, tiny.Branch);
    }

    /// <summary>A branch of 32 hours of paper sales (1.296 contacts a week), one contact away from the end of its clock.</summary>
    private static Tiny Selling()
    {
        var tiny = new Tiny(pool: 1).Wind(Clock.Contact, 1.2959f); // a pool of 1 has four places
        tiny.Branch.Hours[Activity.PaperSale] = 32;
        return tiny;
    }

    [Fact]
    public void Rate_ByHand()
    {
        // 1.8 x .045 x 1; thirty-two hours bring 32^.8 = 16 times as much, not 32
        Assert.Equal(0.081f, Rate(MilieuKind.Workplace, Activity.PaperSale, 1), 0.0001f);
        Assert.Equal(1.296f, Rate(MilieuKind.Workplace, Activity.PaperSale, 32), 0.0005f);
        // strikes: 1.8 x .025 at work, .3 of it on a campus
        Assert.Equal(0.045f, Rate(MilieuKind.Workplace, Activity.StrikeSupport, 1), 0.0001f);
        Assert.Equal(0.0135f, Rate(MilieuKind.Campus, Activity.StrikeSupport, 1), 0.0001f);
        // a march: 1.8 x .01; in a moment of .5: 1.8 x (.01 + .16 x .5)
        Assert.Equal(0.018f, Rate(MilieuKind.Campus, Activity.March, 1), 0.0001f);
        Assert.Equal(0.162f, Rate(MilieuKind.Campus, Activity.March, 1, moment: 0.5f), 0.0001f);
    }

    [Fact]
    public void AnAgentOfTenPeopleMakesATenthOfTheContacts_AndDoseZeroNone()
    {
        Assert.Equal(0.1296f, Rate(MilieuKind.Workplace, Activity.PaperSale, 32, weight: 10), 0.0001f);
        Assert.Equal(0, Rate(MilieuKind.Workplace, Activity.PaperSale, 1000, moment: 1, scale: 0));
    }

    [Fact]
    public void OneContact_AndThePersonMetAgain()
    {
        var tiny = Selling();
        Week(tiny, new ContactMaking());
        Assert.Equal(1, tiny.Branch.ContactCount);
        Assert.Equal(0.35f, tiny.Branch.Contacts[0].Warmth);
        Assert.Equal(Activity.PaperSale, tiny.Branch.Contacts[0].Met);

        var again = Selling();
        for (var slot = 0; slot < 4; slot++)
            again.Branch.AddContact(new Contact { Slot = slot, Warmth = 0.35f, Forgotten = 300, Met = Activity.Panel });
        Week(again, new ContactMaking());
        Assert.Equal(4, again.Branch.ContactCount); // nobody is two contacts
        // .35 + .35 x .65
        Assert.Equal([0.35f, 0.35f, 0.35f, 0.5775f], again.Branch.Contacts.Take(4).Select(c => MathF.Round(c.Warmth, 4)).Order());
    }

    [Fact]
    public void WhoeverTurnedDownTheFirstOfManyOrganizationsIsOpenToTheOthers()
    {
        var tiny = new Tiny(rivals: 15);
        tiny.World.PlaceAt(0).TurnedDown = 1;
        Assert.Equal(Enumerable.Range(1, 15), tiny.World.Organizations.Where(o => tiny.World.PlaceAt(0).IsOpen(o)).Select(o => o.Index));
    }

    [Fact]
    public void NobodyIsMetWhoIsAMemberOrSaidNo_AndNobodyIsRememberedAfterMovingAway()
    {
        var tiny = Selling().Wind(Clock.Contact, -60); // about sixty meetings in one week
        tiny.World.PlaceAt(0).State = SlotState.Member;
        tiny.World.PlaceAt(1).TurnedDown = 1; // the club's bit
        tiny.World.PlaceAt(2).Until = tiny.World.PlaceAt(3).Until = 4;
        Week(tiny, new ContactMaking { Losing = 0.005f }); // two hundred weeks, but for the move
        Assert.Equal([2, 3], tiny.Branch.Contacts.Take(tiny.Branch.ContactCount).Select(c => c.Slot).Order());
        Assert.All(tiny.Branch.Contacts.Take(2), c => Assert.Equal(4, c.Forgotten));

        tiny.Branch.Hours[Activity.PaperSale] = 0;
        tiny.World.Week = 3;
        Week(tiny.Wind(Clock.Contact, 8), new ContactMaking());
        Assert.Equal(2, tiny.Branch.ContactCount);
        tiny.World.Week = 4;
        Week(tiny, new ContactMaking());
        Assert.Equal(0, tiny.Branch.ContactCount);
    }
}
