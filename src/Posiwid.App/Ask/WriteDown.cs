namespace Posiwid.App.Ask;

/// <summary>What is worth writing down from now on, and what it would let a profile say.</summary>
/// <param name="What">What to write down.</param>
/// <param name="Then">What can be said then.</param>
/// <param name="Table">The ready table for it; empty if there is none.</param>
public sealed record WriteDown(string What, string Then, string Table)
{
    /// <summary>The five things most worth writing down: those that decide most first, and first of all what was not known.</summary>
    public static IReadOnlyList<WriteDown> Of(Answers answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        (double Worth, WriteDown What)[] all =
        [
            (answers.Hours.Count == 0 ? 12 : 9, new("hours, week by week and by kind of activity, guesses included", "where the hours go, with an interval instead of a guess, and whether that changes", "hours-log")),
            (10, new("every decision with the alternatives that lost, and what was expected of each", "what it picks when it must choose: the line of evidence that words cannot bend", "decisions-log")),
            (answers.Joined is null || answers.Left is null ? 11 : 8, new("who joined and who left, with the day, striking nobody off", "how long members stay, whether it is a revolving door, how few carry it", "members-register")),
            (answers.Aims.Count == 0 ? 11.5 : 4, new("what it says it is for, where, and since when", "what it says beside what it does", "aims")),
            (7, new("what hit it from outside (a lost vote, a rent rise, a wave of members), with the day, and one figure of it every month", "what it defends: which blows its own decisions make good, and which they let pass", "")),
            (answers.Staff > 0 ? 7.5 : 5, new("money in and out, by kind", "where the money goes beside the hours, and who must be kept content", "money-log")),
            (6, new("complaints: the day made, answered and closed, and how they ended; no names", "what becomes of those who speak up", "")),
            (answers.Branches > 3 ? 6.5 : 5.5, new("who held which office, from when to when, and how they came to it", "whether the same people stay on top", "")),
        ];
        return [.. all.OrderByDescending(w => w.Worth).Take(5).Select(w => w.What)];
    }
}
