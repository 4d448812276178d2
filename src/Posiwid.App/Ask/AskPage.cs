using Posiwid.App.Story;
using Posiwid.Purpose;
using Posiwid.Purpose.Lines;

namespace Posiwid.App.Ask;

/// <summary>The first page: hours beside aims, what a simulated organization like it does over ten years, and what is worth writing down.</summary>
public static class AskPage
{
    /// <summary>The lines.</summary>
    /// <param name="answers">The answers.</param>
    /// <param name="first">What was set so that the first simulated year is like the last of the answers; null if nothing was.</param>
    /// <param name="ends">The ends and the coding.</param>
    /// <param name="summary">Runs of a scenario made from the answers.</param>
    /// <param name="width">Width of the terminal.</param>
    public static IReadOnlyList<StoryLine> Of(Answers answers, FirstYear? first, Ends ends, Summary summary, int width)
    {
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentNullException.ThrowIfNull(summary);
        var lines = new List<StoryLine>();
        var wide = Math.Clamp(width, 60, 100) - 2;
        Heading($"{answers.Name}: a first page");
        Say("From ten answers, which nobody has checked: guesses in, guesses out. Records say more; what is worth recording stands at the end.");

        Blank();
        Heading("Hours beside aims");
        var effort = Shares(answers, ends);
        if (effort is null)
            Say("You gave no hours: where they go cannot be told.");
        else
        {
            lines.Add(new($"  {"",-44}{"says",6}{"does",8}   bounds of the coding"));
            foreach (var share in effort.Where(e => !e.End.IsPlacebo && (e.High > 0 || answers.Aims.Contains(e.End.Code))).OrderByDescending(e => e.Share))
                lines.Add(new($"  {OnePage.Fit(share.End.Label, 43),-44}{Said(share.End.Code),6}{Words.Percent(share.Share),8}   {Words.Percent(share.Low)} to {Words.Percent(share.High)}"));
            Say(Gap(answers, effort));
        }

        if (answers is { Joined: { } joined, Left: { } left })
            Say($"In the last year {Words.Percent(left / answers.Members)} left and {Words.Percent(joined / answers.Members)} joined, of {Words.Number(answers.Members)} members.");

        Blank();
        Heading($"A simulated organization like it, over ten years ({summary.Result.Runs.Count} runs)");
        if (first is not null)
            Say(Set(answers, first));
        var (begin, last) = (summary.Years[0], summary.Years[^1]);
        foreach (var year in new[] { begin + 1, begin + 5, last }.Where(summary.Years.Contains).Distinct())
        {
            var members = summary.InYear("members", year);
            lines.Add(new($"  Members in {year}: {Words.Number(members.Median)} in the middle run, {Words.Number(members.Low)} to {Words.Number(members.High)} in 90% of runs"));
        }

        if (answers is { Joined: { } came, Left: { } went } && summary.Years.Contains(begin + 1) && Math.Sign(came - went) * Math.Sign(summary.InYear("members", begin + 1).Median - answers.Members) < 0)
            Say($"Yours {(came > went ? "grew" : "shrank")} last year and the simulated one {(came > went ? "shrinks" : "grows")} at first: it is not like yours in what decides that.");
        Say($"It still exists at the end in {Words.Percent(summary.AliveShare(summary.Result.SampleWeeks[^1]))} of the runs.");
        if (summary.Effort(begin, Math.Min(begin + 1, last)) is { } early && summary.Effort(Math.Max(begin, last - 2), last) is { } late)
            foreach (var (was, now) in early.Zip(late).Where(p => Math.Abs(p.First.Share.Mean - p.Second.Share.Mean) >= 0.03).OrderByDescending(p => Math.Abs(p.First.Share.Mean - p.Second.Share.Mean)).Take(3))
                lines.Add(new($"  Hours for {was.End.Label}: {Words.Percent(was.Share.Mean)} at first, {Words.Percent(now.Share.Mean)} in the last years"));
        Say($"This is the model's doing, not a forecast: {(first is null ? "it was not fitted to your organization" : "nothing but last year's coming and going was fitted to your organization")}, and what you did not answer is a guess.");

        Blank();
        Heading("Five things most worth writing down from now on");
        foreach (var (thing, i) in WriteDown.Of(answers).Select((t, i) => (t, i + 1)))
            Say($"{i}. Write down {thing.What}. Then a profile can say {thing.Then}.{(thing.Table.Length > 0 ? $" Ready table: {thing.Table}." : "")}");
        return lines;

        string Said(string end) => answers.Aims.ToList().IndexOf(end) is var at and >= 0 ? $"#{at + 1}" : "-";
        void Say(string text) => lines.AddRange(Words.Wrap(text, wide).Select(l => new StoryLine("  " + l)));
        void Heading(string text) => lines.Add(new(text, true));
        void Blank() => lines.Add(new(""));
    }

    private static string Set(Answers answers, FirstYear first)
    {
        string[] wanted = [.. new[] { answers.Joined is { } j ? $"{Words.Number(j)} joined" : "", answers.Left is { } l ? $"{Words.Number(l)} left" : "" }.Where(w => w.Length > 0)];
        string[] set = [.. new[] { first.Scale is { } scale ? $"how many contacts an hour brings ({Words.Number(scale)} times the usual)" : "", first.Base is { } rate ? $"how readily people leave (exit.base {rate:0.###} a week; usual 0.1)" : "" }.Where(w => w.Length > 0)];
        return $"You said that {string.Join(" and ", wanted)} last year. To be like that in its first year, {string.Join(" and ", set)} {(set.Length == 1 ? "was" : "were")} set; in {FirstYear.Runs} trial runs {first.Joined:0.#} joined and {first.Left:0.#} left{(first.IsNear(answers) ? "." : ", which is as near as it came: in other things it is not like yours.")}";
    }

    /// <summary>Shares of the hours by end; null if none were given.</summary>
    public static IReadOnlyList<EffortShare>? Shares(Answers answers, Ends ends) =>
        answers.Hours.Count == 0 ? null : EffortShares.Of([.. answers.Hours], ends);

    private static string Gap(Answers answers, IReadOnlyList<EffortShare> effort)
    {
        var most = effort.Where(e => !e.End.IsPlacebo).MaxBy(e => e.Share)!;
        if (answers.Aims.Count == 0)
            return $"Most hours go to {most.End.Label} ({Words.Percent(most.Share)}). You named no aims to set beside that.";
        var first = effort.First(e => e.End.Code == answers.Aims[0]);
        return most.End.Code == first.End.Code ? $"What it says it is for first, {first.End.Label}, also takes most hours ({Words.Percent(first.Share)})."
            : most.Low > first.High ? $"It says that it is first of all for {first.End.Label}, which takes {Words.Percent(first.Share)} of the hours; {most.End.Label} takes {Words.Percent(most.Share)}, whoever codes them within the bounds."
            : $"It says that it is first of all for {first.End.Label}, which takes {Words.Percent(first.Share)} of the hours; {most.End.Label} takes {Words.Percent(most.Share)}. Which of the two takes more hangs on how activities are coded.";
    }
}
