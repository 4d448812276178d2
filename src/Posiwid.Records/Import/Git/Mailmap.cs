namespace Posiwid.Records.Import;

/// <summary>Who is who in a repository: the four forms of a line of <c>.mailmap</c> (gitmailmap(5)).</summary>
internal sealed class Mailmap
{
    /// <summary>The end of the address that a host of repositories gives to those who show none.</summary>
    public const string HostMail = "@users.noreply.github.com";

    private readonly Dictionary<(string Name, string Mail), string> byBoth = [];
    private readonly Dictionary<string, string> byMail = [];

    /// <summary>Reads a mailmap; a line that is none is passed over, as git does.</summary>
    public Mailmap(string text)
    {
        foreach (var raw in text.Split('\n'))
        {
            var line = raw.Split('#')[0].Trim();
            var mails = new List<(string Name, string Mail)>();
            for (var at = 0; line.IndexOf('<', at) is var open and >= 0 && line.IndexOf('>', open) is var close and >= 0; at = close + 1)
                mails.Add((line[at..open].Trim(), line[(open + 1)..close].Trim().ToLowerInvariant()));
            if (mails.Count != 2)
                continue; // one address alone gives it a name, which is of no use here
            var (proper, old) = (mails[0].Mail, mails[1]);
            if (old.Name.Length > 0)
                byBoth[(old.Name.ToLowerInvariant(), old.Mail)] = proper;
            else
                byMail[old.Mail] = proper;
        }
    }

    /// <summary>The address by which somebody is known.</summary>
    public string Of(string name, string mail)
    {
        mail = mail.Trim().ToLowerInvariant();
        // the host puts a number before the name, or does not
        if (mail.EndsWith(HostMail, StringComparison.Ordinal) && mail.IndexOf('+') is var plus and > 0 && mail.AsSpan(0, plus).IndexOfAnyExceptInRange('0', '9') < 0)
            mail = mail[(plus + 1)..];
        return byBoth.GetValueOrDefault((name.Trim().ToLowerInvariant(), mail)) ?? byMail.GetValueOrDefault(mail) ?? (mail.Length > 0 ? mail : name.Trim().ToLowerInvariant());
    }
}
