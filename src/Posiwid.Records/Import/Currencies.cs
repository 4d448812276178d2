using System.Text.RegularExpressions;

namespace Posiwid.Records.Import;

/// <summary>Currencies by their letters in ISO 4217: how many minor units a unit has, and how they are written.</summary>
internal static partial class Currencies
{
    /// <summary>The letters of the currencies that are traded most (Bank for International Settlements, triennial survey of 2022), where they stand by themselves.</summary>
    [GeneratedRegex(@"(?<!\p{L})(USD|EUR|JPY|GBP|CNY|AUD|CAD|CHF|HKD|SGD|SEK|KRW|NOK|NZD|INR|MXN|TWD|ZAR|BRL|DKK|PLN|THB|ILS|IDR|CZK|AED|HUF|CLP|PHP|COP|MYR|RON)(?!\p{L})", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Letters { get; }

    [GeneratedRegex(@"(?<!\p{L})euros?(?!\p{L})", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Euro { get; }

    /// <summary>The currency that a heading or an amount names, by a sign or by letters; null if none.</summary>
    public static string? In(string text) =>
        text.Contains('€') || Euro.IsMatch(text) ? "EUR" : text.Contains('£') ? "GBP" : Letters.Match(text) is { Success: true } found ? found.Value.ToUpperInvariant() : null;

    /// <summary>Minor units of one unit: 1, 100 or 1000; 100 of a currency that is not known.</summary>
    /// <param name="code">Three large letters.</param>
    public static int MinorUnits(string code) => code switch
    {
        "BIF" or "CLP" or "DJF" or "GNF" or "ISK" or "JPY" or "KMF" or "KRW" or "PYG" or "RWF" or "UGX" or "UYI" or "VND" or "VUV" or "XAF" or "XOF" or "XPF" => 1,
        "BHD" or "IQD" or "JOD" or "KWD" or "LYD" or "OMR" or "TND" => 1000,
        _ => 100,
    };
}
