using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Berth.Registry.Tests.Storage;
using Berth.Server.Configuration;
using Berth.Server.Doctor;
using Berth.Server.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Berth.Registry.Tests.Doctor;

/// <summary>What the checks make of what they see.</summary>
public sealed class DoctorJudgementTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TemporaryDirectory _directory = new();

    [Theory]
    [InlineData(0.2, 1, "OK ")]
    [InlineData(25, 30, "WARN")]
    [InlineData(1, 1500, "WARN")]
    [InlineData(250, 300, "FAIL")]
    public void A_slow_disk_is_told(double usual, double worst, string level) => Assert.StartsWith(
        level,
        SyncLatencyCheck.Judge([.. Enumerable.Repeat(TimeSpan.FromMilliseconds(usual), 8), TimeSpan.FromMilliseconds(worst)]).ToString(),
        StringComparison.Ordinal);

    [Theory]
    [InlineData(100, 50, 100, 50, "OK", "OK")]
    [InlineData(100, 4, 100, 5, "WARN", "WARN")]
    [InlineData(1000, 50, 100, 1, "WARN", "FAIL")]
    [InlineData(10, 0.5, 0, 0, "FAIL", null)]
    public void Little_room_is_told(double gigabytes, double free, long files, long freeFiles, string space, string? inodes)
    {
        var findings = DiskSpaceCheck.Judge(new FileSystemRoom((long)(gigabytes * 1e9), (long)(free * 1e9), files, freeFiles)).ToList();
        Assert.StartsWith(space, findings[0].ToString(), StringComparison.Ordinal);
        if (inodes is null)
            Assert.Single(findings);
        else
            Assert.StartsWith(inodes, findings[1].ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, true, FindingLevel.Ok)]
    [InlineData(30, true, FindingLevel.Ok)]
    [InlineData(90, true, FindingLevel.Fail)]
    [InlineData(0, false, FindingLevel.Warn)]
    public void A_clock_that_is_behind_or_on_its_own_is_told(int secondsAhead, bool synchronized, object level) =>
        Assert.Equal(level, ClockCheck.Judge(Now.AddSeconds(secondsAhead), Now, synchronized).Level);

    [Theory]
    [InlineData(-60, -1, FindingLevel.Fail, "has expired")]
    [InlineData(-60, 29, FindingLevel.Warn, "ends in 29 days")]
    [InlineData(-60, 31, FindingLevel.Ok, "is valid until")]
    [InlineData(1, 31, FindingLevel.Fail, "is not valid before")]
    public void The_end_of_the_certificate_is_told(int begins, int ends, object level, string seen)
    {
        var finding = Look(Write("registry", begins, ends));
        Assert.Equal(level, finding.Level);
        Assert.Contains(seen, finding.Seen, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_of_another_certificate_is_told()
    {
        var (first, second) = (Write("first", -1, 60), Write("second", -1, 60));
        Assert.Equal(FindingLevel.Fail, Look(new TlsFiles(first.Certificate, second.Key)).Level);
        Assert.Equal(FindingLevel.Fail, Look(new TlsFiles(_directory["absent"], second.Key)).Level);
    }

    public static TheoryData<int?, int?, string?, string, string> Runs => new()
    {
        // days since it ended, hours since it beat, problem
        { null, null, null, "WARN", "was never made" },
        { 1, 24, null, "OK", "ended well" },
        { 15, 15 * 24, null, "WARN", "is due every" },
        { 0, 0, "no room", "FAIL", "no room" },
        { null, 0, null, "OK", "is under way" },
        { null, 3, null, "WARN", "was broken off" },
    };

    [Theory]
    [MemberData(nameof(Runs))]
    public void Overdue_broken_and_failed_sweeps_are_told(int? ended, int? beat, string? problem, string level, string seen)
    {
        var run = beat is null ? null : new UpkeepRun(
            Now.AddHours(-beat.Value), Now.AddHours(-beat.Value), ended is null ? null : Now.AddDays(-ended.Value), problem, null, null);
        var text = SweepCheck.Judge("scrub", "berth scrub", TimeSpan.FromDays(7), run, Now.AddDays(-30), Now).ToString();
        Assert.StartsWith(level, text, StringComparison.Ordinal);
        Assert.Contains(seen, text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sweep_of_a_new_registry_is_not_late_and_one_that_is_switched_off_never()
    {
        Assert.Contains("is not due yet", SweepCheck.Judge("x", "x", TimeSpan.FromDays(7), null, Now.AddDays(-8), Now).Seen, StringComparison.Ordinal);
        Assert.Contains("is switched off", SweepCheck.Judge("x", "x", TimeSpan.Zero, null, Now.AddDays(-800), Now).Seen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 24, null, FindingLevel.Ok)]
    [InlineData(8, 8 * 24, null, FindingLevel.Fail)]
    [InlineData(1, 24, "the disk is full", FindingLevel.Fail)]
    [InlineData(null, 0, null, FindingLevel.Ok)]
    [InlineData(null, 1, null, FindingLevel.Fail)]
    public void Overdue_broken_and_failed_backups_are_told(int? ended, int beat, string? problem, object level) => Assert.Equal(
        level,
        BackupCheck.Judge(
            new UpkeepRun(Now.AddHours(-beat), Now.AddHours(-beat), ended is null ? null : Now.AddDays(-ended.Value), problem, null, null),
            TimeSpan.FromDays(7),
            Now).Level);

    public void Dispose() => _directory.Dispose();

    private Finding Look(TlsFiles files) => Assert.Single(new CertificateCheck().Look(new Scene(
        DataDirectory.Open(_directory["data"]), new ServerOptions { Tls = files }, new FakeTimeProvider(Now), Full: false)));

    private TlsFiles Write(string name, int begins, int ends)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256).CreateSelfSigned(Now.AddDays(begins), Now.AddDays(ends).AddHours(1));
        File.WriteAllText(_directory[$"{name}.pem"], certificate.ExportCertificatePem());
        File.WriteAllText(_directory[$"{name}.key"], key.ExportPkcs8PrivateKeyPem());
        return new TlsFiles(_directory[$"{name}.pem"], _directory[$"{name}.key"]);
    }
}
