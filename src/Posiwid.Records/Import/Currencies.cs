namespace Posiwid.Records.Import;

/// <summary>How many minor units a unit of each currency has, by ISO 4217.</summary>
internal static class Currencies
{
    /// <summary>Minor units of one unit: 1, 100 or 1000; 100 of a currency that is not known.</summary>
    /// <param name="code">Three large letters.</param>
    public static int MinorUnits(string code) => code switch
    {
        "BIF" or "CLP" or "DJF" or "GNF" or "ISK" or "JPY" or "KMF" or "KRW" or "PYG" or "RWF" or "UGX" or "UYI" or "VND" or "VUV" or "XAF" or "XOF" or "XPF" => 1,
        "BHD" or "IQD" or "JOD" or "KWD" or "LYD" or "OMR" or "TND" => 1000,
        _ => 100,
    };
}
