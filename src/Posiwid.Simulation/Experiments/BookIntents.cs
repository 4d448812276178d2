using System.Globalization;
using System.Text.Json;
using Posiwid.Records;
using Posiwid.Simulation.Engine;

namespace Posiwid.Simulation.Experiments;

/// <summary>
/// Intents in a book: channels and items as words, branches as the unit that they were founded as, whatever they moved to since.
/// What is read back replays to the same bits. Readings of sensors are not in a book.
/// </summary>
public static class BookIntents
{
    /// <summary>Writes all decisions of a run.</summary>
    /// <param name="book">The book, its branches written by <see cref="BookRecorder"/>.</param>
    /// <param name="log">The decisions.</param>
    /// <param name="setting">The setting of the run.</param>
    /// <param name="unitOf">Unit as which a branch was founded, by the branch's key.</param>
    internal static void Write(Book book, IntentLog log, Setting setting, IReadOnlyDictionary<ulong, int> unitOf)
    {
        foreach (var intent in log.Rows)
        {
            if (!unitOf.TryGetValue(intent.Unit, out var unit))
                unit = (int)intent.Unit == setting.Flagship ? 0 : (int)intent.Unit + 1;
            book.Intents.Add(setting.Calendar.Date(intent.Week), Word(intent.Channel), unit, Item(intent, setting), intent.Value);
        }
    }

    /// <summary>Reads the decisions of a simulated book.</summary>
    /// <param name="book">The book.</param>
    /// <param name="setting">The setting of the run that it was written from: the same scenario.</param>
    public static IntentLog Read(Book book, Setting setting)
    {
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(setting);
        var log = new IntentLog();
        var keys = ReadUnits(book, setting, log);
        var channels = Enum.GetValues<Channel>().ToDictionary(Word);
        var rows = book.Intents;
        for (var i = 0; i < rows.Count; i++)
        {
            var channel = channels[rows.Channel[i]!];
            var item = ItemOf(channel, rows.Item[i]!, setting);
            log.Add(new Intent(setting.Calendar.Week(rows.Week[i]), channel, keys[rows.UnitId[i]], item, (float)rows.Value[i]));
        }

        return log;
    }

    /// <summary>Keys of all units, and the lives of branches: opened, moved to other milieus, closed.</summary>
    private static Dictionary<int, ulong> ReadUnits(Book book, Setting setting, IntentLog log)
    {
        var sites = new Dictionary<int, int>();
        for (var i = 0; i < book.Measures.Count; i++)
        {
            if (book.Measures.VariableCode[i] == "site")
                sites[book.Measures.UnitId[i]] = (int)book.Measures.Value[i];
        }

        var moves = new HashSet<(int, DateOnly)>();
        for (var i = 0; i < book.Intents.Count; i++)
        {
            if ((BranchAct)book.Intents.Value[i] == BranchAct.Move && book.Intents.Channel[i] == Word(Channel.Branches))
                moves.Add((book.Intents.UnitId[i], book.Intents.Week[i]));
        }

        var keys = new Dictionary<int, ulong> { [0] = (ulong)setting.Flagship };
        var first = new Dictionary<int, int>();
        var units = book.Units;
        for (var i = 0; i < units.Count; i++)
        {
            var (unit, organization) = (units.UnitId[i], units.OrganizationId[i] - 1);
            if (!sites.TryGetValue(unit, out var place))
            {
                keys[unit] = (ulong)organization;
                continue;
            }

            var milieu = Array.IndexOf(setting.MilieuNames, units.Setting[i]);
            var (opened, parent) = (units.Opened[i]!.Value, units.ParentUnitId[i]!.Value);
            var week = setting.Calendar.Week(opened);
            // a unit under another is the same branch at a new place if that one closed on the day, by a move
            var moved = first.TryGetValue(parent, out var origin) && moves.Contains((origin, opened)) && units.Closed[parent - 1] == opened;
            first[unit] = moved ? origin : unit;
            keys[unit] = moved ? keys[parent] : Branch.KeyOf(organization, setting.FirstSite[milieu] + place - 1, week);
            log.AddUnit(keys[unit], organization, milieu, week);
            // the last unit of a branch that moved says when it closed
            log.CloseUnit(keys[unit], units.Closed[i] is { } closed ? setting.Calendar.Week(closed) : int.MaxValue);
        }

        return keys;
    }

    private static string Word(Channel channel) => JsonNamingPolicy.SnakeCaseLower.ConvertName(channel.ToString());

    /// <summary>An item as words: an activity, a seat, what is done with a branch and where.</summary>
    private static string Item(in Intent intent, Setting setting) => intent.Channel switch
    {
        Channel.Effort => MeasureCatalog.Kinds[intent.Item],
        Channel.Campaign => intent.Item == CampaignItem.Moment ? "moment" : "commitment",
        Channel.Dues => intent.Item == 0 ? "members" : "cadre",
        Channel.Openness => intent.Item == 0 ? "openness" : "complaints dealt with",
        Channel.Slate => intent.Item switch
        {
            SlateItem.Between => "appoint",
            SlateItem.AtConvention => "elect",
            var seat => string.Create(CultureInfo.InvariantCulture, $"not kept: seat {seat + 1}"),
        },
        Channel.Branches when intent.Item < 0 => "close",
        Channel.Branches => ((BranchAct)intent.Value).ToString().ToLowerInvariant() + " at " + SiteName(intent.Item, setting),
        _ => "",
    };

    private static int ItemOf(Channel channel, string words, Setting setting) => channel switch
    {
        Channel.Effort => Array.IndexOf(MeasureCatalog.Kinds, words),
        Channel.Campaign => words == "moment" ? CampaignItem.Moment : CampaignItem.Commitment,
        Channel.Dues => words == "members" ? 0 : 1,
        Channel.Openness => words == "openness" ? 0 : 1,
        Channel.Slate => words switch
        {
            "appoint" => SlateItem.Between,
            "elect" => SlateItem.AtConvention,
            _ => Number(words) - 1,
        },
        Channel.Branches when words == "close" => -1,
        Channel.Branches => Site(words[(words.IndexOf(" at ", StringComparison.Ordinal) + 4)..], setting),
        _ => 0,
    };

    /// <summary>A site by its milieu and its number there, from 1.</summary>
    private static string SiteName(int site, Setting setting)
    {
        var milieu = Array.FindLastIndex(setting.FirstSite, setting.FirstSite.Length - 2, first => first <= site);
        return string.Create(CultureInfo.InvariantCulture, $"{setting.MilieuNames[milieu]} {site - setting.FirstSite[milieu] + 1}");
    }

    private static int Site(string words, Setting setting) =>
        setting.FirstSite[Array.IndexOf(setting.MilieuNames, words[..words.LastIndexOf(' ')])] + Number(words) - 1;

    private static int Number(string words) => int.Parse(words[(words.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture);
}
