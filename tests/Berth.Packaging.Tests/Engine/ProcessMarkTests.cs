using Berth.Packaging.Engine;

namespace Berth.Packaging.Tests.Engine;

public sealed class ProcessMarkTests
{
    [Fact]
    public void This_process_is_alive() => Assert.False(ProcessMark.IsOfDeadProcess(ProcessMark.Own!));

    [Fact]
    public void Another_process_with_the_same_id_does_not_count() => Assert.True(ProcessMark.IsOfDeadProcess(ProcessMark.Own + "1"));

    [Theory]
    [InlineData("")]
    [InlineData("a/b/c/d")]
    [InlineData("00000000-0000-0000-0000-000000000000/pid:[1]/1/1")]
    public void Of_other_places_nothing_is_known(string mark) => Assert.False(ProcessMark.IsOfDeadProcess(mark));
}
