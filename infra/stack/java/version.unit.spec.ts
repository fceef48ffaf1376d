import { describe, expect, it } from '@jest/globals';
import { isAtLeast, javaVersion, mavenVersion } from './version.js';

describe('the version of Java', () => {
  it.each([
    [
      'openjdk version "17.0.15" 2025-04-15\nOpenJDK Runtime Environment (build 17.0.15+6-Debian-1deb12u1)',
      [17, 0, 15],
    ],
    ['openjdk version "21" 2023-09-19', [21]],
    ['java version "1.8.0_402"\nJava(TM) SE Runtime Environment', [8, 0]],
    ['openjdk version "26-ea" 2026-03-17', [26]],
    ['Picked up JAVA_TOOL_OPTIONS: -Xmx1g\nopenjdk version "11.0.2" 2019-01-15', [11, 0, 2]],
    ['The operation couldn’t be completed. Unable to locate a Java Runtime.', null],
  ])('in %j is %j', (output, version) => {
    expect(javaVersion(output)).toEqual(version);
  });
});

describe('the version of Maven', () => {
  it.each([
    ['\u001b[1mApache Maven 3.8.7\u001b[m\nMaven home: /usr/share/maven', [3, 8, 7]],
    ['Apache Maven 4.0.0-rc-3 (3952d00ce65)', [4, 0, 0]],
    ['command not found', null],
  ])('in %j is %j', (output, version) => {
    expect(mavenVersion(output)).toEqual(version);
  });
});

describe('a version', () => {
  it.each([
    [[17, 0, 15], [17], true],
    [[17], [17, 0, 0], true],
    [[11, 0, 29], [17], false],
    [[3, 8, 7], [3, 6, 3], true],
    [[3, 6, 1], [3, 6, 3], false],
    [[4], [3, 6, 3], true],
  ])('%j is at least %j: %s', (version, least, answer) => {
    expect(isAtLeast(version, least)).toBe(answer);
  });
});
