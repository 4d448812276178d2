using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Posiwid.Records.Import;

/// <summary>
/// Makes numbers of persons and keys by HMAC-SHA256 (RFC 2104) with a secret that is kept in a file of its own. Whoever has the secret can make the same numbers
/// of the same names, and so find people again; once it is deleted, nobody can. A plain hash would not do: names and e-mail addresses can be tried one by one.
/// </summary>
public sealed class Pseudonyms
{
    private readonly byte[] secret;

    private Pseudonyms(byte[] secret) => this.secret = secret;

    /// <summary>Pseudonyms with a secret of at least 16 bytes.</summary>
    public static Pseudonyms With(ReadOnlySpan<byte> secret) =>
        secret.Length >= 16 ? new(secret.ToArray()) : throw new BookException("A secret has at least 16 bytes.");

    /// <summary>Pseudonyms with the secret of a file; the file is made, for its owner's eyes only, if it is not there.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="BookException">The file cannot be read or made, or holds no secret.</exception>
    public static Pseudonyms FromFile(string path)
    {
        try
        {
            if (Directory.Exists(path))
                throw new BookException($"{path} is a folder, not a file with a secret.");
            if (!File.Exists(path))
            {
                Aside.MakeFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
                var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
                if (!OperatingSystem.IsWindows())
                    options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
                using var made = new StreamWriter(new FileStream(path, options));
                made.Write(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)) + "\n");
            }

            var text = File.ReadAllText(path).Trim();
            if (text.Length < 32 || !text.All(char.IsAsciiHexDigit) || text.Length % 2 == 1)
                throw new BookException($"{path} holds no secret: 64 hexadecimal digits belong there. Delete it and a new one is made; people will get other numbers then.");
            return With(Convert.FromHexString(text));
        }
        catch (Exception error) when (BookFile.IsExpected(error))
        {
            throw BookException.Because(path, "read", error);
        }
    }

    /// <summary>The number of a person. Case, and blanks at the ends, do not count.</summary>
    /// <param name="name">Whatever names the person: a member's number, an e-mail address.</param>
    /// <returns>A positive number of 62 bits; among a million people the chance that two share one is below one in a million.</returns>
    public long Person(string name) => Number("person\n", name.Trim().ToLowerInvariant());

    /// <summary>The number of a thing within its kind.</summary>
    internal long Key(string kind, string name) => Number(kind + "\n", name.Trim());

    private long Number(string kind, string name)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var text = kind + name;
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        var buffer = most <= 512 ? stackalloc byte[most] : new byte[most];
        HMACSHA256.HashData(secret, buffer[..Encoding.UTF8.GetBytes(text, buffer)], mac);
        return (long)(BinaryPrimitives.ReadUInt64BigEndian(mac) >> 2) | 1;
    }
}
