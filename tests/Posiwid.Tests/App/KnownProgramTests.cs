using Posiwid.App.Commands;
using Posiwid.Records;
using Posiwid.Records.Import;
using Posiwid.Simulation.Scenarios;
using Posiwid.Tests.Records.Import;

namespace Posiwid.Tests.App;

public class KnownProgramTests
{
    private static (ImportReport Report, Book Book) Import(Imported files)
    {
        var (_, text) = KnownProgram.Mapping(files.Folder, "Union")!.Value;
        var path = Path.Combine(files.Folder, "mapping.yaml");
        File.WriteAllText(path, text);
        var mapping = StrictFile.Read<Mapping>(path, (m, note) => MappingRules.Check(m, files.Folder, note));
        return (files.Run(mapping), files.Book());
    }

    private static List<string> Spells(Book book) => [.. Enumerable.Range(0, book.Memberships.Count)
        .Select(i => $"{book.Memberships.StartDate[i]:yyyy-MM-dd}..{book.Memberships.EndDate[i]:yyyy-MM-dd} {book.Memberships.EndReason[i]}")];

    // contact 7 joined in 2015, expired on 1 June 2023 and renewed on 1 September: the register holds only 'current until 2025'. Contact 8 has no log: what is paid ended in 2022
    private const string Members = "id,contact_id,membership_type_id,join_date,start_date,end_date,status_id,is_test,owner_membership_id\n1,7,1,2015-05-01,2023-09-01,2025-08-31,2,0,\n2,8,1,2020-01-01,2020-01-01,2022-12-31,4,0,NULL\n3,9,1,2020-01-01,2020-01-01,2022-12-31,4,1,\n4,10,1,2020-01-01,2020-01-01,2025-12-31,2,0,1\n";

    private const string Log = "id,membership_id,status_id,start_date,end_date,modified_id,modified_date\n1,1,2,2015-05-01,2023-05-31,1,2022-06-01\n2,1,4,2015-05-01,2023-05-31,1,2023-06-01\n3,1,2,2023-09-01,2024-08-31,1,2023-09-01\n4,1,2,2023-09-01,2025-08-31,1,2024-09-01\n";

    private const string Activities = "id,activity_type_id,subject,activity_date_time,duration,is_test,is_deleted\n11,1,Meeting at Jane's,2024-03-01 18:00:00,90,0,0\n12,1,x,2024-03-02 18:00:00,90,1,0\n13,55,x,2024-03-02 18:00:00,90,0,0\n";

    private const string Contacts = "id,activity_id,contact_id,record_type_id\n1,11,7,2\n2,11,8,3\n3,11,9,1\n";

    [Fact]
    public void Memberships_of_civicrm_are_rebuilt_from_the_log_and_an_expiry_is_no_exit()
    {
        using var files = new Imported(("civicrm_membership.csv", Members), ("civicrm_membership_log.csv", Log), ("civicrm_activity.csv", Activities), ("civicrm_activity_contact.csv", Contacts));
        var (report, book) = Import(files);
        Assert.Equal(["2015-05-01..2023-06-01 lapsed", "2020-01-01..2022-12-31 lapsed", "2023-09-01.. "], Spells(book));
        Assert.Equal(new DateOnly(2022, 6, 1), book.Memberships.ObservedFrom[0]); // before the log, who left was not seen
        // a test, an inherited membership, a test activity, and a type that is not listed
        Assert.Equal([("civicrm_membership.csv", 4L), ("civicrm_membership.csv", 5), ("civicrm_activity.csv", 3), ("civicrm_activity.csv", 4)], report.Refused.Select(r => (r.File, r.Line)));
        // an hour and a half for each of the organizer and the participant, none for whom it was aimed at
        Assert.Equal((3.0, "scheduled", 3), (book.Activities.HoursTotal[0]!.Value, book.Activities.HoursSource[0], book.ActivityPeople.Count));
    }

    // type 5 is employment; who is 'child of' somebody holds no office, and a relationship without a beginning is told. Type 3 was listed as complaints, type 1 was not
    [Fact]
    public void Relationships_of_civicrm_are_offices_and_cases_are_complaints_where_their_types_are_listed()
    {
        using var files = new Imported(
            ("civicrm_relationship.csv", "id,contact_id_a,contact_id_b,relationship_type_id,start_date,end_date,is_active\n1,7,2,5,2020-01-01,2021-06-30,0\n2,8,2,5,2021-07-01,,1\n3,9,7,1,2000-01-01,,1\n4,9,2,5,,,1\n"),
            ("civicrm_case.csv", "id,case_type_id,subject,start_date,end_date,status_id,is_deleted\n1,3,Jane and the keys,2021-02-01,2021-03-01,2,0\n2,3,x,2021-04-01,,1,0\n3,1,x,2021-04-01,,1,0\n4,3,x,2021-04-01,,1,1\n"));
        var (none, _) = Import(files);
        Assert.Equal(0, none.Tables["complaint"]);
        var path = Path.Combine(files.Folder, "mapping.yaml");
        File.WriteAllText(path, File.ReadAllText(path).Replace("case_type_id: [] ", "case_type_id: [\"3\"] ", StringComparison.Ordinal));
        var report = files.Run(StrictFile.Read<Mapping>(path, (m, note) => MappingRules.Check(m, files.Folder, note)));
        var book = files.Book();
        Assert.Equal([("civicrm_relationship.csv", 4L), ("civicrm_relationship.csv", 5), ("civicrm_case.csv", 4), ("civicrm_case.csv", 5)], report.Refused.Select(r => (r.File, r.Line)));
        Assert.Equal([("2020-01-01", "2021-06-30", "hired"), ("2021-07-01", "", "hired")], Enumerable.Range(0, book.Tenures.Count).Select(i => ($"{book.Tenures.StartDate[i]:yyyy-MM-dd}", $"{book.Tenures.EndDate[i]:yyyy-MM-dd}", book.Tenures.How[i]!)));
        Assert.Equal((1, true), (book.Offices.Count, book.Offices.Paid[0]));
        Assert.Equal([("2021-03-01", "settled"), ("", null)], Enumerable.Range(0, book.Complaints.Count).Select(i => ($"{book.Complaints.Closed[i]:yyyy-MM-dd}", book.Complaints.Outcome[i])));
    }

    [Fact]
    public void A_dump_of_civicrm_gives_the_same_as_its_tables()
    {
        static string Dump(string name, string csv)
        {
            var lines = csv.TrimEnd().Split('\n');
            return $"CREATE TABLE `{name}` (\n{string.Join(",\n", lines[0].Split(',').Select(c => $"  `{c}` text"))}\n);\nINSERT INTO `{name}` VALUES {string.Join(",", lines.Skip(1).Select(l => "(" + string.Join(",", l.Split(',').Select(c => c is "" or "NULL" ? "NULL" : $"'{c.Replace("'", "\\'", StringComparison.Ordinal)}'")) + ")"))};\n";
        }

        using var tables = new Imported(("civicrm_membership.csv", Members), ("civicrm_membership_log.csv", Log), ("civicrm_activity.csv", Activities), ("civicrm_activity_contact.csv", Contacts));
        using var dump = new Imported(("all.sql", "CREATE TABLE `civicrm_contact` (\n  `id` int\n);\n" + Dump("civicrm_membership", Members) + Dump("civicrm_membership_log", Log) + Dump("civicrm_activity", Activities) + Dump("civicrm_activity_contact", Contacts)));
        var (one, first) = Import(tables);
        var (other, second) = Import(dump);
        Assert.Equal(one.Kept, other.Kept);
        Assert.Equal(Posiwid.Tests.Records.RandomBook.Lines(first), Posiwid.Tests.Records.RandomBook.Lines(second));
    }

    [Fact]
    public void An_attendance_of_action_network_is_an_rsvp_without_hours()
    {
        using var files = new Imported(
            ("events.json", """{"_embedded": {"osdi:events": [{"title": "Jane's party", "start_date": "2024-05-01T18:00:00Z", "_links": {"self": {"href": "https://x/events/1"}}}]}}"""),
            ("attendances.json", """{"_embedded": {"osdi:attendances": [{"status": "accepted", "_links": {"osdi:event": {"href": "https://x/events/1"}, "osdi:person": {"href": "https://x/people/9"}}}, {"status": "accepted", "_links": {"osdi:event": {"href": "https://x/events/2"}, "osdi:person": {"href": "https://x/people/9"}}}]}}"""),
            ("donations.json", """{"_embedded": {"osdi:donations": [{"created_date": "2024-06-01T00:00:00Z", "amount": "25.00", "currency": "usd", "_links": {"self": {"href": "https://x/donations/1"}, "osdi:person": {"href": "https://x/people/9"}}}]}}"""));
        var (report, book) = Import(files);
        Assert.Equal((4, 3, "no activity of that number was read"), (report.Read, report.Kept, Assert.Single(report.Refused).Why));
        Assert.Equal(("scheduled", null, 1), (book.Activities.HoursSource[0], book.Activities.HoursTotal[0], book.Activities.Headcount[0]!.Value));
        Assert.Equal((2500L, "USD", "in"), (book.Payments.AmountMinor[0], book.Payments.Currency[0], book.Payments.Direction[0]));
        Assert.Equal(1, book.People.Count);
    }
}
