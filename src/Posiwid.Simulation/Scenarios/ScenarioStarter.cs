namespace Posiwid.Simulation.Scenarios;

/// <summary>The scenario that <c>posiwid new NAME</c> writes: small, commented, and valid as it stands.</summary>
public static class ScenarioStarter
{
    /// <summary>The text of a starter scenario.</summary>
    /// <param name="name">Short name: lower-case letters, digits and hyphens, a letter first.</param>
    public static string Text(string name)
    {
        if (!Keys.IsName(name)) throw new ArgumentException(Keys.NotAName(name), nameof(name));
        return Template.Replace("NAME", name, StringComparison.Ordinal).ReplaceLineEndings("\n");
    }

    private const string Template = """
        # yaml-language-server: $schema=./scenario.schema.json
        # For completion in your editor, write the schema beside this file: posiwid schema > scenario.schema.json
        #
        # A scenario: one organization, the places where it finds its people, and the world around it.
        # Every number below is an example of a tenants' association; replace it with yours. The comment after a number gives its unit and
        # says where you can get it. Check the file with: posiwid check NAME.yaml    Run it with: posiwid run NAME.yaml

        name: NAME
        title: NAME
        about: What this organization is, in a sentence or two.

        start: 2000-01-03          # first day of week 0; a Monday
        end: 2025-12-29            # last day that is simulated
        flagship: NAME             # the organization below that the run is about
        price-year: 2000           # year whose dollars all money is in

        calendar:                  # months, 1 to 12
          academic-year-starts: 9  # month in which students arrive; matters for campuses only
          graduation: 6            # month in which students leave; matters for campuses only
          conference: 7            # month of your yearly conference; from your calendar
          convention: 2            # month of the meeting that elects the leadership; from your bylaws

        # The world outside: one figure a year from a comma-separated file with a column 'year'. These files come with the program (United
        # States); put your own beside this file to replace them.
        climate:
          stoppages:               # large work stoppages in a year; from your statistical office
            file: data/us_work_stoppages_annual.csv
            column: stoppages_beginning_count
          unemployment:            # percent; from your statistical office
            file: data/us_unemployment_annual.csv
            column: unemployment_rate_percent
          enrollment:              # students; from your ministry of education
            file: data/us_higher_ed_enrollment_fall.csv
            column: students_count
            where: measure=headcount
          union-density:           # percent of employees; from your statistical office
            file: data/us_union_density_annual.csv
            column: members_percent_of_wage_and_salary_workers
          moments: data/movement_moments_us.csv    # dated protests, strikes and elections; leave the key out for none

        milieus:                   # kinds of places where you meet people; the names are yours
          tenants:
            kind: neighborhood     # campus, workplace or neighborhood
            sites: 20              # places of this kind (buildings, blocks, plants); count them on a map
            pool: 120              # people a place who could be met and might join something; a guess from your contact lists
            weight: 1              # people that one simulated person stands for; more than 1 only for very large organizations
            stay-years: 8          # mean years that a person stays; census: year the household moved in
            need: 0.5              # unmet need of a newcomer, 0 none to 1; share of households that pay more than they can
            experience-years: 1    # years in politics or organizing before; ask ten people
            marginalized-share: 0.5    # share of people, 0 to 1; census
            free-hours: 0.8        # hours free for this, the average member being 1; time-use survey
            ease: 0.75             # how easily people are met, a campus being 1; a guess from doors knocked and talks held
            status-seeking: 0.25   # 0 to 1; a guess; leave it if you do not know

        organizations:
          NAME:
            label: NAME
            members: 40            # people at the founding; from your first membership list
            branches:              # branches at the founding, by milieu; from your minutes
              tenants: 2
            leaders: 5             # seats in the leadership; from your bylaws
            cadre-share: 0.25      # share of founders whom the others rely on, 0 to 1; a guess by somebody who was there
            staff: 0               # paid people at the founding; from your payroll
            reserves-usd: 1000     # USD at the founding; from your bank statement

            # What it says it is for: weights that sum to 1. Read your bylaws or your last appeal, and weigh each end by the room it gets.
            stated-aims:
              cause: 0.4           # struggles won outside
              members_needs: 0.5   # members' own rent, job, health, safety
              recruiting: 0.1      # new members and size
            stated-in: our bylaws, article 2

            # What members did with their hours at the start: shares that sum to 1. Add up the calendar of a typical month.
            founding-plan:
              meeting: 0.25
              study: 0.05
              panel: 0.05
              march: 0.10
              contacting: 0.15
              eviction_defense: 0.25
              mutual_aid: 0.15

            # What the leadership asks about and praises at the start: weights. Read the reports that it asks for.
            praise:
              recruits: 0.2
              money: 0.1
              struggle: 0.3
              hope: 0.1
              education: 0.1
              needs: 0.2

            policy:
              openness: 0.6                 # how freely members may criticize, 0 to 1; ask members who left
              harm-handled: 0.5             # share of reported harm that is dealt with, 0 to 1; from your complaints
              hours-asked: 2                # hours a week that a member is expected to give; ask your members
              dues-usd-per-week: 1          # USD a week; from your dues table
              cadre-dues-usd-per-week: 2    # USD a week that the most committed pay; from your dues table
              wage-usd-per-week: 600        # USD a week for one paid organizer; from your payroll
              payroll: 1                    # 1 if it may pay staff, 0 if not
              monitoring: 0                 # 1 if the center counts growth and visits branches that fall behind, 0 if not
              slate: 0                      # 1 if the leadership proposes its own successors, 0 if seats are contested
              talk-needs-leave: 0           # 0 to 1: how far talk between branches needs leave from above
              conference: 1                 # 1 if it holds a yearly conference, 0 if not
              open-door: 0.5                # 0 to 1: how easily somebody who was not asked can join (a web form is 1)
              public-presence: 0.1          # 0 to 1: how much it appears in the press and on ballots

        """;
}
